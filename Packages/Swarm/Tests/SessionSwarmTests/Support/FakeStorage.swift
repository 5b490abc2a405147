import SessionCrypto
import SessionInterfaces
import SessionSwarm

/// What nodes answer to storage requests.
enum FakeStorage {
    /// A member's part of the answer to `store`.
    static func part(
        _ node: FakeNode, _ hash: MessageHash, expiry: Int64 = 1_701_209_600_000, signing signed: MessageHash? = nil
    ) -> JSONValue {
        let signature = node.keys.sign(Array((signed ?? hash).text.utf8))
        return ["hash": .string(hash.text), "signature": .string(Base64.encode(signature)), "expiry": .integer(expiry)]
    }

    static func storeAnswer(_ parts: [(FakeNode, JSONValue)]) -> [UInt8] {
        let swarm = Dictionary(parts.map { ($0.0.key.hex, $0.1) }) { first, _ in first }
        return (["swarm": .object(swarm), "hf": [19, 4], "t": 1_700_000_000_123] as JSONValue).bytes
    }

    static func storeAnswer(_ hash: MessageHash, signedBy nodes: [FakeNode]) -> [UInt8] {
        storeAnswer(nodes.map { ($0, part($0, hash)) })
    }

    /// The body of a 421.
    static func swarm(_ id: UInt64, _ nodes: [FakeNode]) -> JSONValue {
        [
            "snodes": .array(nodes.map { ["pubkey_ed25519": .string($0.key.hex), "ip": "6.6.6.6"] }),
            "swarm": .string(String(id, radix: 16)),
        ]
    }

    static func entry(
        _ data: [UInt8], for account: AccountID, in namespace: Namespace = .messages, hash: String? = nil,
        timestamp: JSONValue = 1_700_000_000_000, expiration: JSONValue = 1_701_209_600_000
    ) -> JSONValue {
        [
            "hash": .string(hash ?? MessageHash.of(account: account, namespace: namespace, data: data).text),
            "timestamp": timestamp, "expiration": expiration, "data": .string(Base64.encode(data)),
        ]
    }

    static func messages(_ entries: [JSONValue], more: JSONValue = false) -> JSONValue {
        ["code": 200, "body": ["messages": .array(entries), "more": more, "hf": [19, 4], "t": 1_700_000_000_123]]
    }

    static func batch(_ results: [JSONValue]) -> [UInt8] {
        (["results": .array(results)] as JSONValue).bytes
    }
}

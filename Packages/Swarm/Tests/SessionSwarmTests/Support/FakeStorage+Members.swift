import SessionCrypto
import SessionInterfaces
import SessionSwarm

extension FakeStorage {
    /// An answer with the part of each of `nodes`, signed by it.
    static func answer(
        by nodes: [FakeNode], _ part: [String: JSONValue], signing text: SignedText
    ) -> [UInt8] {
        storeAnswer(nodes.map { ($0, signed(part, text, by: $0)) })
    }

    static func signed(_ part: [String: JSONValue], _ text: SignedText, by node: FakeNode) -> JSONValue {
        var part = part
        part["signature"] = .string(Base64.encode(node.keys.sign(text.bytes)))
        return .object(part)
    }

    static func info(at time: Timestamp) -> [UInt8] {
        (["version": [2, 11, 0], "timestamp": .integer(time.milliseconds), "hf": [19, 4]] as JSONValue).bytes
    }

    static func result(_ code: Int64, _ body: JSONValue) -> JSONValue { ["code": .integer(code), "body": body] }
}

extension MessageHash {
    static func numbered(_ number: UInt8) -> MessageHash {
        .of(account: FakeNetwork.account, namespace: .messages, data: [number])
    }
}

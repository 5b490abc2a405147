import SessionCrypto
import SessionInterfaces
import SessionSwarm

@testable import SessionDevnet

/// Parameters of calls, signed as clients sign them.
enum Calls {
    static func store(
        _ data: [UInt8], for account: AccountID, at now: Int64, lifetime: Int64 = 86_400_000
    ) -> [String: JSONValue] {
        [
            "pubkey": .string(account.hex), "timestamp": .integer(now), "ttl": .integer(lifetime),
            "data": .string(Base64.encode(data)),
        ]
    }

    static func store(
        _ data: [UInt8], by keys: AccountKeys, in namespace: Namespace, at now: Int64, lifetime: Int64 = 86_400_000
    ) -> [String: JSONValue] {
        store(data, for: keys.accountID, at: now, lifetime: lifetime)
            .merging(["namespace": .integer(Int64(namespace.rawValue))]) { $1 }
            .merging(signed("store\(namespace.signedText)\(now)", by: keys)) { $1 }
    }

    static func retrieve(
        _ keys: AccountKeys, _ namespace: Namespace = .messages, at now: Int64, _ more: [String: JSONValue] = [:]
    ) -> [String: JSONValue] {
        var parameters: [String: JSONValue] = [
            "pubkey": .string(keys.accountID.hex), "timestamp": .integer(now),
            "namespace": .integer(Int64(namespace.rawValue)),
        ]
        parameters.merge(signed("retrieve\(namespace.signedText)\(now)", by: keys)) { $1 }
        return parameters.merging(more) { $1 }
    }

    private static func signed(_ text: String, by keys: AccountKeys) -> [String: JSONValue] {
        [
            "signature": .string(Base64.encode(keys.ed25519.sign(Array(text.utf8)))),
            "pubkey_ed25519": .string(keys.ed25519.publicKey.hex),
        ]
    }
}

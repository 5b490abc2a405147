import SessionCrypto
import SessionInterfaces
import SessionSwarm

/// A wish to hear of new messages. Follows protocol document 02, section 4.20.
struct MonitorRequest: Sendable {
    private static let greatestAge = Duration.days(14)
    private static let greatestLead = Duration.days(1)

    let account: AccountKey
    let namespaces: [Namespace]
    let includesData: Bool

    /// Reads a request and checks its signature; revocations do not matter.
    init(_ value: Bencoded, at now: Timestamp) throws(MonitorRefusal) {
        guard case .dictionary = value else { throw .noBody }
        let owner: Ed25519PublicKey
        (account, owner) = try Self.account(value)
        includesData = value["d"]?.integer == 1
        namespaces = try Self.namespaces(value["n"])
        let signedAt = try Self.time(value["t"], now)
        guard let signature = value["s"]?.bytes else {
            throw .init(.arguments, "Invalid arguments: required field 's' missing")
        }
        guard signature.count == Ed25519.signatureByteCount else {
            throw .init(.key, "Invalid s= signature: expected 64 bytes")
        }
        let list = namespaces.map { String($0.rawValue) }.joined(separator: ",")
        let text = Array("MONITOR\(account.hex)\(signedAt)\(includesData ? 1 : 0)\(list)".utf8)
        let signer = try Self.signer(value, account, owner)
        guard Ed25519.verify(signature, of: text, by: signer) else { throw .signature }
    }

    private static func account(
        _ value: Bencoded
    ) throws(MonitorRefusal) -> (AccountKey, Ed25519PublicKey) {
        switch (value["P"]?.bytes, value["p"]?.bytes) {
        case (let bytes?, nil):
            guard let key = Ed25519PublicKey(bytes) else { throw .init(.key, "Invalid P= ed25519 pubkey") }
            guard let twin = try? Ed25519.x25519PublicKey(of: key),
                let account = AccountKey([AccountID.Prefix.standard.rawValue] + twin.bytes.bytes)
            else { throw .init(.key, "Invalid P= ed25519 pubkey") }
            return (account, key)
        case (nil, let bytes?):
            guard let account = AccountKey(bytes) else {
                throw .init(.key, "Invalid p= pubkey: expected 33 bytes")
            }
            return (account, Ed25519PublicKey(account.key))
        default:
            throw .init(.arguments, "Invalid arguments: exactly one of p= and P= is required")
        }
    }

    private static func namespaces(_ value: Bencoded?) throws(MonitorRefusal) -> [Namespace] {
        guard let list = value?.list, !list.isEmpty else {
            throw .init(.arguments, "Invalid arguments: required field 'n' missing or empty")
        }
        var namespaces: [Namespace] = []
        for element in list {
            guard let number = element.integer.flatMap({ Int16(exactly: $0) }) else {
                throw .init(.namespaces, "Invalid n= namespace list: not a 16-bit integer")
            }
            let namespace = Namespace(rawValue: number)
            if let last = namespaces.last, last >= namespace {
                throw .init(.namespaces, "Invalid n= namespace list: namespaces must be ascending")
            }
            namespaces.append(namespace)
        }
        return namespaces
    }

    /// Seconds.
    private static func time(_ value: Bencoded?, _ now: Timestamp) throws(MonitorRefusal) -> Int64 {
        guard let seconds = value?.integer else {
            throw .init(.arguments, "Invalid arguments: required field 't' missing")
        }
        let (milliseconds, isBeyond) = seconds.multipliedReportingOverflow(by: 1000)
        let moment = Timestamp(milliseconds: isBeyond ? (seconds < 0 ? .min : .max) : milliseconds)
        guard moment >= now - greatestAge else {
            throw .init(.time, "Invalid t= signature timestamp: timestamp is too old")
        }
        guard moment <= now + greatestLead else {
            throw .init(.time, "Invalid t= signature timestamp: timestamp is too far in the future")
        }
        return seconds
    }

    /// The key that has to have signed: the account's, or that of a token for reading.
    private static func signer(
        _ value: Bencoded, _ account: AccountKey, _ owner: Ed25519PublicKey
    ) throws(MonitorRefusal) -> Ed25519PublicKey {
        guard let tokenSignature = value["S"]?.bytes else { return owner }
        guard let tokenBytes = value["T"]?.bytes else {
            throw .init(.arguments, "Invalid arguments: S= and T= must be given together")
        }
        guard tokenSignature.count == Ed25519.signatureByteCount, let token = SubaccountToken(bytes: tokenBytes),
            let key = Ed25519PublicKey(tokenBytes.dropFirst(4))
        else { throw .init(.key, "Invalid S= or T=: wrong length") }
        guard token.grants(.read, on: account), Ed25519.verify(tokenSignature, of: tokenBytes, by: owner) else {
            throw .signature
        }
        return key
    }
}

/// Why there is no subscription.
struct MonitorRefusal: Error {
    enum Code: Int64, Sendable {
        case arguments = 1
        case key, namespaces, time, signature, swarm
    }

    let code: Code
    let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static let noBody = MonitorRefusal(
        .arguments, "Invalid arguments: monitor request takes a single bencoded dict or list parameter")
    static let signature = MonitorRefusal(.signature, "Signature verification failed")
    static let wrongSwarm = MonitorRefusal(.swarm, "This node is not in the account's swarm")

    var bencoded: Bencoded {
        .dictionary([.init("errcode", .integer(code.rawValue)), .init("error", .bytes(Array(message.utf8)))])
    }
}

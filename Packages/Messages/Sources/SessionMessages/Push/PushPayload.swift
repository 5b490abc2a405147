import FoundationEssentials
import SessionCrypto
import SessionInterfaces

/// What a push server tells a device about a new message. Follows protocol document 04, section 4.
public struct PushPayload: Hashable, Sendable {
    public let account: AccountID
    /// How the swarm names the message.
    public let hash: String
    public let namespace: Namespace
    /// When the message was stored, and when its swarm drops it; nil when not said.
    public let storedAt: Timestamp?
    public let expiresAt: Timestamp?
    /// What the swarm stored; nil when it was too long or not asked for.
    public let message: [UInt8]?
    /// Whether the message was left out because it is too long.
    public let isTooLong: Bool

    /// Opens a payload and reads it.
    ///
    /// - Parameters:
    ///   - payload: Any bytes: they may come from anyone.
    ///   - key: The device's key, 32 bytes.
    /// - Throws: `MessagesError` with `tooShort`, `decryptionFailed` or `malformedWrapper`.
    public init(_ payload: [UInt8], key: SecretBytes) throws(MessagesError) {
        try self.init(list: Self.decrypt(payload, key: key))
    }

    /// The plaintext of a payload, without its padding. Nothing but zeros is returned whole.
    /// - Throws: `MessagesError` with `tooShort` or `decryptionFailed`.
    public static func decrypt(_ payload: [UInt8], key: SecretBytes) throws(MessagesError) -> [UInt8] {
        guard payload.count >= XChaCha20Poly1305.nonceByteCount + XChaCha20Poly1305.overhead else {
            throw MessagesError(.tooShort, "the push payload is too short")
        }
        do {
            let plaintext = try XChaCha20Poly1305.openWithNonce(payload, key: key)
            return plaintext.lastIndex { $0 != 0 }.map { Array(plaintext[...$0]) } ?? plaintext
        } catch {
            throw MessagesError(.decryptionFailed, "the push payload cannot be decrypted", underlying: error)
        }
    }

    /// Reads a decrypted payload.
    init(list: [UInt8]) throws(MessagesError) {
        guard let elements = Bencoded(list, tolerating: .deployed)?.list, let first = elements.first,
            let facts = PushFacts(first), let account = try? AccountID(facts.account)
        else { throw MessagesError(.malformedWrapper, "the push payload cannot be read") }
        let message = elements.count > 1 ? elements[1].bytes : nil
        if let message, let length = facts.length, length != Int64(message.count) {
            throw MessagesError(.malformedWrapper, "the push payload's message has another length than it says")
        }
        self.account = account
        hash = facts.hash
        namespace = Namespace(rawValue: facts.namespace)
        storedAt = facts.storedAt.map(Timestamp.init(milliseconds:))
        expiresAt = facts.expiresAt.map(Timestamp.init(milliseconds:))
        self.message = message
        isTooLong = facts.isTooLong
    }
}

/// The first element of a payload: JSON in a string, or from older servers a dictionary.
private struct PushFacts: Decodable {
    let account: String
    let hash: String
    let namespace: Int16
    let storedAt: Int64?
    let expiresAt: Int64?
    let length: Int64?
    let isTooLong: Bool

    private enum CodingKeys: String, CodingKey {
        case account = "@"
        case hash = "#"
        case namespace = "n"
        case storedAt = "t"
        case expiresAt = "z"
        case length = "l"
        case isTooLong = "B"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        account = try container.decode(String.self, forKey: .account)
        hash = try container.decode(String.self, forKey: .hash)
        namespace = try container.decode(Int16.self, forKey: .namespace)
        storedAt = try container.decodeIfPresent(Int64.self, forKey: .storedAt)
        expiresAt = try container.decodeIfPresent(Int64.self, forKey: .expiresAt)
        length = try container.decodeIfPresent(Int64.self, forKey: .length)
        isTooLong = try container.decodeIfPresent(Bool.self, forKey: .isTooLong) ?? false
    }

    init?(_ element: Bencoded) {
        if let json = element.bytes {
            guard let facts = try? JSONDecoder().decode(PushFacts.self, from: Data(json)) else { return nil }
            self = facts
            return
        }
        guard let account = element["@"]?.bytes, let hash = element["#"]?.bytes,
            let namespace = element["n"]?.integer.flatMap(Int16.init(exactly:))
        else { return nil }
        self.account = String(decoding: account, as: UTF8.self)
        self.hash = String(decoding: hash, as: UTF8.self)
        self.namespace = namespace
        storedAt = element["t"]?.integer
        expiresAt = element["z"]?.integer
        length = element["l"]?.integer
        isTooLong = element["B"]?.integer == 1
    }
}

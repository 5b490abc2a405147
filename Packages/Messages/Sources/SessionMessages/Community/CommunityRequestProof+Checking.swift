import SessionCrypto
import SessionInterfaces

/// Why a community server refuses a request, and with which status it says so.
public enum CommunityRefusal: Error, Hashable, Sendable {
    /// So many of the four headers are missing.
    case missingHeaders(Int)
    /// A header that is not what it should be.
    case malformed(CommunityRequestProof.Field)
    /// The key is no point of the curve's main subgroup.
    case badKey
    case blindingRequired
    case timestampTooFar
    case banned
    case nonceUsed
    case badSignature

    public var status: Int {
        switch self {
        case .missingHeaders, .malformed, .badKey, .blindingRequired: 400
        case .badSignature: 401
        case .banned: 403
        case .timestampTooFar, .nonceUsed: 425
        }
    }
}

/// The server's side: for servers of one's own.
extension CommunityRequestProof {
    /// How far a request's time and the server's may be apart.
    public static let clockTolerance: Duration = .days(1)

    /// What the server knows when it judges a request.
    public struct Judge {
        public var server: X25519PublicKey
        public var now: Timestamp
        public var requiresBlinding: Bool
        public var isBanned: (AccountID) -> Bool
        /// Whether a nonce is new; from then on it is not.
        public var takeNonce: ([UInt8]) -> Bool

        public init(
            server: X25519PublicKey, now: Timestamp, requiresBlinding: Bool = true,
            isBanned: @escaping (AccountID) -> Bool = { _ in false },
            takeNonce: @escaping ([UInt8]) -> Bool
        ) {
            self.server = server
            self.now = now
            self.requiresBlinding = requiresBlinding
            self.isBanned = isBanned
            self.takeNonce = takeNonce
        }
    }

    /// Reads the four headers; nil when there is none of them, as in requests of nobody in particular.
    /// - Parameter value: The value of a header; nil when it is missing. An empty one counts as missing.
    public init?(headers value: (Field) -> String?) throws(CommunityRefusal) {
        let values = Field.allCases.map { value($0).flatMap { $0.isEmpty ? nil : $0 } }
        let missing = values.filter { $0 == nil }.count
        if missing == values.count { return nil }
        guard missing == 0 else { throw .missingHeaders(missing) }
        let texts = Dictionary(uniqueKeysWithValues: zip(Field.allCases, values.compactMap(\.self)))
        id = try Self.id(texts[.publicKey] ?? "")
        nonce = try Self.bytes(texts[.nonce] ?? "", Self.nonceByteCount, .nonce)
        signature = try Self.bytes(texts[.signature] ?? "", Ed25519.signatureByteCount, .signature)
        timestamp = texts[.timestamp] ?? ""
        guard Int64(timestamp) != nil else { throw .malformed(.timestamp) }
    }

    /// Judges a request, in the order in which servers do: a nonce is used up even when the signature turns out wrong.
    public func check(_ request: CommunityRequest, by judge: Judge) throws(CommunityRefusal) {
        let key = Ed25519PublicKey(id.key)
        guard (try? Ed25519.x25519PublicKey(of: key)) != nil else { throw .badKey }
        guard !judge.requiresBlinding || id.prefix != .unblinded else { throw .blindingRequired }
        let (milliseconds, isBeyond) = (Int64(timestamp) ?? .max).multipliedReportingOverflow(by: 1000)
        let sentAt = Timestamp(milliseconds: isBeyond ? .max : milliseconds)
        guard sentAt >= judge.now - Self.clockTolerance, sentAt <= judge.now + Self.clockTolerance else {
            throw .timestampTooFar
        }
        guard !judge.isBanned(id) else { throw .banned }
        guard judge.takeNonce(nonce) else { throw .nonceUsed }
        let text = request.signedBytes(at: judge.server, nonce: nonce, timestamp: timestamp)
        guard Ed25519.verify(signature, of: text, by: key) else { throw .badSignature }
    }

    private static func id(_ text: String) throws(CommunityRefusal) -> AccountID {
        guard let id = try? AccountID(bytes: bytes(text, AccountID.byteCount, .publicKey)),
            [.unblinded, .blinded15, .blinded25].contains(id.prefix)
        else { throw .malformed(.publicKey) }
        return id
    }

    /// Bytes in hexadecimal or in base64, whose padding may be missing.
    private static func bytes(_ text: String, _ count: Int, _ field: Field) throws(CommunityRefusal) -> [UInt8] {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let bytes = text.utf8.count == 2 * count ? Hex.decode(text) : Base64.decode(text + padding)
        guard let bytes, bytes.count == count else { throw .malformed(field) }
        return bytes
    }
}

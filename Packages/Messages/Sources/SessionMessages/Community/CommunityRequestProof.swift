import SessionCrypto
import SessionInterfaces

/// What proves to a community server who makes a request: four headers. Follows protocol document 04, section 1.3.
public struct CommunityRequestProof: Hashable, Sendable {
    public static let nonceByteCount = 16

    public enum Field: String, Sendable, CaseIterable {
        case publicKey = "X-SOGS-Pubkey"
        case timestamp = "X-SOGS-Timestamp"
        case nonce = "X-SOGS-Nonce"
        case signature = "X-SOGS-Signature"
    }

    /// Who makes the request: prefix `00`, `15` or `25`.
    public let id: AccountID
    /// Unix seconds in decimal, as signed.
    public let timestamp: String
    /// 16 bytes.
    public let nonce: [UInt8]
    /// 64 bytes.
    public let signature: [UInt8]

    init(id: AccountID, timestamp: String, nonce: [UInt8], signature: [UInt8]) {
        self.id = id
        self.timestamp = timestamp
        self.nonce = nonce
        self.signature = signature
    }

    /// The header fields to send, in the order of `Field`.
    public var headers: [(name: String, value: String)] {
        Field.allCases.map { ($0.rawValue, value(of: $0)) }
    }

    public func value(of field: Field) -> String {
        switch field {
        case .publicKey: id.hex
        case .timestamp: timestamp
        case .nonce: Base64.encode(nonce)
        case .signature: Base64.encode(signature)
        }
    }
}

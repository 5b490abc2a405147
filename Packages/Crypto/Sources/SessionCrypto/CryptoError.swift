import SessionInterfaces

/// Why a cryptographic operation gave no result.
///
/// A failed decryption does not say what was wrong: key, nonce and ciphertext are alike to whoever probes them.
public struct CryptoError: CodedError {
    public enum Code: String, Sendable {
        /// An argument has a length or a form that cannot be used.
        case invalidArgument = "crypto_invalid_argument"
        /// The ciphertext is shorter than its format's overhead.
        case tooShort = "crypto_too_short"
        /// The ciphertext does not decrypt with this key.
        case failed = "crypto_failed"
        /// The message decrypted, but its signature is not by the sender it names, or not for this recipient.
        case badSignature = "crypto_bad_signature"
        /// The public key is no point that can be used: not on the curve, of low order, or outside the main subgroup.
        case badPublicKey = "crypto_bad_public_key"
        /// The message decrypted, but the account it names is not the one it came from.
        case senderMismatch = "crypto_sender_mismatch"
        /// The message is of a form that is not known.
        case unknownVersion = "crypto_unknown_version"
        /// The system does not give the memory that the operation takes.
        case noMemory = "crypto_no_memory"
    }

    public let code: Code
    public let message: String
    public var underlying: (any Error)? { nil }

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension CryptoError {
    static let undecryptable = CryptoError(.failed, "the ciphertext does not decrypt")

    /// Throws unless `bytes` has exactly `count` elements.
    static func require(_ name: StaticString, _ bytes: [UInt8], count: Int) throws(CryptoError) {
        guard bytes.count == count else {
            throw CryptoError(.invalidArgument, "the \(name) has \(bytes.count) bytes instead of \(count)")
        }
    }

    /// Throws unless `secret` has exactly `count` bytes.
    static func require(_ name: StaticString, _ secret: SecretBytes, count: Int) throws(CryptoError) {
        guard secret.count == count else {
            throw CryptoError(.invalidArgument, "the \(name) has \(secret.count) bytes instead of \(count)")
        }
    }
}

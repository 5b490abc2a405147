import CSodium

/// Decrypts a stream piece by piece.
///
/// After a piece that fails, every other fails too: what came before it is all that the sender is known to have sent.
/// A stream is whole only when `isComplete` says so: whoever cuts pieces off its end is noticed by nothing else.
public struct SecretStreamOpener: ~Copyable, Sendable {
    /// Whether the last piece was opened.
    public private(set) var isComplete = false
    private var hasFailed = false
    private var state: SecretStreamState

    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - header: what came in front of the pieces, 24 bytes.
    /// - Throws: `CryptoError(.invalidArgument)` for a wrong length.
    public init(key: SecretBytes, header: [UInt8]) throws(CryptoError) {
        state = try SecretStreamState(key: key, header: header)
    }

    /// What a piece holds.
    public struct Piece: Hashable, Sendable {
        public let plaintext: [UInt8]
        public let tag: SecretStream.Tag
    }

    /// Opens the next piece.
    /// - Parameter context: what was authenticated with it.
    /// - Throws: `CryptoError`: `.tooShort`; `.failed` when this is not the next piece of the stream, was changed, or
    ///   comes after the last one or one that failed.
    public mutating func pull(
        _ sealed: [UInt8], authenticating context: [UInt8] = []
    ) throws(CryptoError) -> Piece {
        try sealed.span.withUnsafeBytes { (sealed) throws(CryptoError) in try pull(sealed, authenticating: context) }
    }

    /// Opens the next piece, for whoever has it in a buffer of their own.
    /// - Throws: `CryptoError`, as for an array.
    public mutating func pull(
        _ sealed: UnsafeRawBufferPointer, authenticating context: [UInt8] = []
    ) throws(CryptoError) -> Piece {
        guard !isComplete, !hasFailed else { throw .undecryptable }
        guard sealed.count >= SecretStream.overhead else {
            hasFailed = true
            throw CryptoError(.tooShort, "the piece is too short")
        }
        let (plaintext, tag) = decrypt(sealed, context)
        guard let tag = tag.flatMap(SecretStream.Tag.init(rawValue:)) else {
            hasFailed = true
            throw .undecryptable
        }
        isComplete = tag == .final
        return Piece(plaintext: plaintext, tag: tag)
    }

    /// Tag is nil when the piece is not authentic.
    private mutating func decrypt(_ sealed: UnsafeRawBufferPointer, _ context: [UInt8]) -> ([UInt8], UInt8?) {
        state.withState { state in
            var (tag, isAuthentic): (UInt8, Bool) = (0, false)
            let plaintext = [UInt8](
                unsafeUninitializedCapacity: sealed.count - SecretStream.overhead
            ) { plaintext, initialized in
                isAuthentic =
                    crypto_secretstream_xchacha20poly1305_pull(
                        state, UnsafeMutableRawBufferPointer(plaintext).bytes, nil, &tag, sealed.bytes,
                        UInt64(sealed.count), context, UInt64(context.count)) == 0
                initialized = isAuthentic ? sealed.count - SecretStream.overhead : 0
            }
            return (plaintext, isAuthentic ? tag : nil)
        }
    }
}

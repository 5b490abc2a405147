import CSodium
public import SessionInterfaces

/// Encrypts a stream piece by piece.
public struct SecretStreamSealer: ~Copyable, Sendable {
    /// Goes in front of the pieces, 24 bytes.
    public let header: [UInt8]
    /// Whether the last piece was sealed.
    public private(set) var isComplete = false
    private var state: SecretStreamState

    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - random: gives the 24 bytes of the header.
    /// - Throws: `CryptoError(.invalidArgument)` for a key of another length.
    public init(key: SecretBytes, random: some RandomSource = CryptoRandom()) throws(CryptoError) {
        try self.init(key: key, header: random.bytes(SecretStream.headerByteCount))
    }

    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - header: 24 bytes, never twice with one key for different streams.
    /// - Throws: `CryptoError(.invalidArgument)` for a wrong length.
    public init(key: SecretBytes, header: [UInt8]) throws(CryptoError) {
        state = try SecretStreamState(key: key, header: header)
        self.header = header
    }

    /// The next piece of the stream, 17 bytes longer than `plaintext`.
    /// - Parameters:
    ///   - tag: `.final` for the last piece.
    ///   - context: is authenticated with the piece, and not part of it.
    /// - Throws: `CryptoError(.invalidArgument)` after the last piece.
    public mutating func push(
        _ plaintext: [UInt8], tag: SecretStream.Tag = .message, authenticating context: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        try plaintext.span.withUnsafeBytes { (plaintext) throws(CryptoError) in
            try push(plaintext, tag: tag, authenticating: context)
        }
    }

    /// The next piece of the stream, for whoever has the plaintext in a buffer of their own.
    /// - Throws: `CryptoError(.invalidArgument)` after the last piece.
    public mutating func push(
        _ plaintext: UnsafeRawBufferPointer, tag: SecretStream.Tag = .message, authenticating context: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        guard !isComplete else { throw CryptoError(.invalidArgument, "the stream is complete") }
        isComplete = tag == .final
        return state.withState { state in
            [UInt8](unsafeUninitializedCapacity: plaintext.count + SecretStream.overhead) { piece, initialized in
                _ = crypto_secretstream_xchacha20poly1305_push(
                    state, UnsafeMutableRawBufferPointer(piece).bytes, nil, plaintext.bytes, UInt64(plaintext.count),
                    context, UInt64(context.count), tag.rawValue)
                initialized = piece.count
            }
        }
    }
}

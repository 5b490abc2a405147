import CSodium

/// Authenticated encryption of a stream in pieces, of which none can be left out, repeated, exchanged or cut off
/// unnoticed: libsodium's secret stream on XChaCha20-Poly1305. Follows protocol document 04, section 3.2.
///
/// `SecretStreamSealer` encrypts, `SecretStreamOpener` decrypts.
public enum SecretStream {
    public static let keyByteCount = 32
    /// Bytes that come in front of the pieces, no secret.
    public static let headerByteCount = 24
    /// Bytes that a sealed piece is longer than its plaintext: tag and authenticator.
    public static let overhead = 17

    /// What a piece says about its place, authenticated with it.
    public enum Tag: UInt8, Hashable, Sendable, CaseIterable {
        /// Nothing.
        case message = 0
        /// The end of a group of pieces.
        case push = 1
        /// The key changes after this piece.
        case rekey = 2
        /// The last piece of the stream.
        case final = 3
    }
}

/// libsodium's state of a stream, in guarded memory, overwritten at release.
struct SecretStreamState: ~Copyable, Sendable {
    private typealias State = crypto_secretstream_xchacha20poly1305_state

    // This value is its only owner and cannot be copied: whoever changes what lies there has it exclusively.
    nonisolated(unsafe) private let address: UnsafeMutablePointer<State>

    /// - Throws: `CryptoError(.invalidArgument)` for a wrong length.
    init(key: SecretBytes, header: [UInt8]) throws(CryptoError) {
        try CryptoError.require("key", key, count: SecretStream.keyByteCount)
        try CryptoError.require("header", header, count: SecretStream.headerByteCount)
        Sodium.prepare()
        let memory = SecretBytes.guardedMemory(MemoryLayout<State>.size)
        address = memory.initializeMemory(as: State.self, repeating: State(), count: 1)
        // Sealing starts in the same way, but would draw a header of its own.
        _ = key.withUnsafeBytes { crypto_secretstream_xchacha20poly1305_init_pull(address, header, $0.bytes) }
    }

    deinit { sodium_free(address) }

    mutating func withState<R>(
        _ body: (UnsafeMutablePointer<crypto_secretstream_xchacha20poly1305_state>) -> R
    ) -> R { body(address) }
}

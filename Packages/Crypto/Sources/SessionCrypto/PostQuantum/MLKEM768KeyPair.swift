import Crypto
import FoundationEssentials

/// A key pair of the post-quantum key exchange ML-KEM-768 (FIPS 203), by swift-crypto. Opens only: this toolkit sends no
/// message in a form that uses it.
public struct MLKEM768KeyPair: Sendable {
    public static let seedByteCount = 64
    public static let publicKeyByteCount = 1184
    public static let ciphertextByteCount = 1088
    public static let sharedSecretByteCount = 32

    /// 1184 bytes.
    public let publicKey: [UInt8]
    private let seed: SecretBytes

    /// - Parameter seed: The two draws of key generation, d and z: 64 bytes.
    /// - Throws: `CryptoError(.invalidArgument)` for another length.
    public init(seed: SecretBytes) throws(CryptoError) {
        try CryptoError.require("seed", seed, count: Self.seedByteCount)
        publicKey = [UInt8](try Self.privateKey(of: seed).publicKey.rawRepresentation)
        self.seed = seed
    }

    /// The 32 bytes that whoever made `ciphertext` computed too. A ciphertext for another key gives other bytes, by which
    /// nothing opens.
    /// - Parameter ciphertext: 1088 bytes.
    /// - Throws: `CryptoError(.invalidArgument)` for another length.
    public func sharedSecret(in ciphertext: [UInt8]) throws(CryptoError) -> SecretBytes {
        try CryptoError.require("ciphertext", ciphertext, count: Self.ciphertextByteCount)
        let key = try Self.privateKey(of: seed)
        guard let shared = try? key.decapsulate(ciphertext) else { throw .undecryptable }
        return shared.withUnsafeBytes { shared in
            SecretBytes(count: shared.count, in: .ephemeral) { $0.copyMemory(from: shared) }
        }
    }

    private static func privateKey(of seed: SecretBytes) throws(CryptoError) -> MLKEM768.PrivateKey {
        let key = seed.withUnsafeBytes { seed in
            try? MLKEM768.PrivateKey(seedRepresentation: Data(seed), publicKey: nil)
        }
        guard let key else { throw CryptoError(.invalidArgument, "the seed makes no ML-KEM-768 key") }
        return key
    }
}

import CSodium
import SessionCrypto
import SessionInterfaces

/// Signatures by scalars and products of points with libsodium alone.
final class BareScalars {
    private let seed = [UInt8](repeating: 3, count: 32)
    private var scalar = [UInt8](repeating: 0, count: 32)
    private var publicKey = [UInt8](repeating: 0, count: 32)

    init() {
        crypto_core_ed25519_scalar_random(&scalar)
        _ = crypto_scalarmult_ed25519_base_noclamp(&publicKey, scalar)
    }

    enum Hash { case sha512, blake2b }

    /// The signature of `message` by a scalar: two hashes, a multiplication of the base point, and sums.
    func sign(_ message: [UInt8], nonceBy hash: Hash) {
        let digest = self.hash(seed + publicKey + message, hash)
        var nonce = [UInt8](repeating: 0, count: 32)
        crypto_core_ed25519_scalar_reduce(&nonce, digest)
        var commitment = [UInt8](repeating: 0, count: 32)
        _ = crypto_scalarmult_ed25519_base_noclamp(&commitment, nonce)
        var challenge = [UInt8](repeating: 0, count: 32)
        crypto_core_ed25519_scalar_reduce(&challenge, self.hash(commitment + publicKey + message, .sha512))
        crypto_core_ed25519_scalar_mul(&challenge, challenge, scalar)
        crypto_core_ed25519_scalar_add(&challenge, nonce, challenge)
    }

    /// What making a key of a scalar takes.
    func multiplyBase() {
        var point = [UInt8](repeating: 0, count: 32)
        _ = crypto_scalarmult_ed25519_base_noclamp(&point, scalar)
    }

    /// What making a key of a server's key and one's own takes, and keeping its secrets in guarded memory.
    func keepKey(hashing message: [UInt8]) {
        var factor = [UInt8](repeating: 0, count: 32)
        crypto_core_ed25519_scalar_reduce(&factor, hash(message, .blake2b))
        guard let secrets = sodium_malloc(64)?.assumingMemoryBound(to: UInt8.self) else { return }
        crypto_core_ed25519_scalar_mul(secrets, factor, scalar)
        secrets.advanced(by: 32).update(from: hash(message, .sha512), count: 32)
        var point = [UInt8](repeating: 0, count: 32)
        _ = crypto_scalarmult_ed25519_base_noclamp(&point, secrets)
        sodium_mprotect_readonly(secrets)
        sodium_free(secrets)
    }

    /// What making the token or the blinded ID of somebody else takes.
    func multiply(_ point: [UInt8], hashing message: [UInt8]) {
        var factor = [UInt8](repeating: 0, count: 32)
        crypto_core_ed25519_scalar_reduce(&factor, hash(message, .blake2b))
        var product = [UInt8](repeating: 0, count: 32)
        _ = crypto_scalarmult_ed25519_noclamp(&product, factor, point)
    }

    private func hash(_ message: [UInt8], _ hash: Hash) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 64)
        switch hash {
        case .sha512: crypto_hash_sha512(&digest, message, UInt64(message.count))
        case .blake2b: crypto_generichash(&digest, 64, message, UInt64(message.count), nil, 0)
        }
        return digest
    }
}

import CSodium
import SessionCrypto
import SessionInterfaces
import SessionOnionPath

/// Building and peeling onion requests.
enum OnionBenchmarks {
    static func all() throws -> [Comparison] {
        let keys = (0..<4).map { _ in Ed25519KeyPair.generate(from: CryptoRandom()) }
        let nodes = keys.map {
            ServiceNode(
                ed25519Key: $0.publicKey, x25519Key: $0.x25519.publicKey, address: IPv4Address(value: 1), httpsPort: 1,
                omqPort: 1, version: .init(2, 11, 0), swarmID: .unassigned)
        }
        let payload = [UInt8](repeating: 7, count: 1024)
        let hops = Array(nodes.prefix(3))
        let destination = Destination.serviceNode(nodes[3])
        let request = try OnionRequest(payload, to: destination, through: hops, random: CryptoRandom())
        let entry = try OnionEntry(decoding: request.body)
        let bare = BareHops(nodes.map(\.x25519Key), sizes: [1100, 1400, 1700, 2000])
        let secret = keys[0].x25519.withUnsafeSecretKey { Array($0) }
        let ephemeral = entry.seal.ephemeralKey.bytes.bytes
        return [
            Comparison(
                "build a three-hop request of 1 KiB",
                { _ = try OnionRequest(payload, to: destination, through: hops, random: CryptoRandom()) },
                bare: { bare.seal() }),
            Comparison(
                "peel one layer",
                { _ = try OnionLayer(decrypted: entry.seal.open(entry.ciphertext, with: keys[0].x25519)) },
                bare: { bare.open(entry.ciphertext, secret, ephemeral) }),
        ]
    }
}

/// The same key agreements, hashes and encryptions with libsodium alone.
private final class BareHops {
    private let targets: [[UInt8]]
    private let plaintexts: [[UInt8]]

    init(_ targets: [X25519PublicKey], sizes: [Int]) {
        self.targets = targets.map(\.bytes.bytes)
        plaintexts = sizes.map { [UInt8](repeating: 1, count: $0) }
    }

    func seal() {
        for (target, plaintext) in zip(targets, plaintexts) {
            var (secret, key) = ([UInt8](repeating: 0, count: 32), [UInt8](repeating: 0, count: 32))
            randombytes_buf(&secret, 32)
            crypto_scalarmult_curve25519_base(&key, secret)
            var nonce = [UInt8](repeating: 0, count: 24)
            randombytes_buf(&nonce, 24)
            var sealed = [UInt8](repeating: 0, count: plaintext.count + 16)
            crypto_aead_xchacha20poly1305_ietf_encrypt(
                &sealed, nil, plaintext, UInt64(plaintext.count), nil, 0, nil, nonce,
                derive(secret, target, client: key, server: target))
        }
    }

    func open(_ sealed: [UInt8], _ secret: [UInt8], _ client: [UInt8]) {
        var plaintext = [UInt8](repeating: 0, count: sealed.count - 40)
        let (nonce, ciphertext) = (Array(sealed.prefix(24)), Array(sealed.dropFirst(24)))
        _ = crypto_aead_xchacha20poly1305_ietf_decrypt(
            &plaintext, nil, nil, ciphertext, UInt64(ciphertext.count), nil, 0, nonce,
            derive(secret, client, client: client, server: targets[0]))
    }

    private func derive(_ secret: [UInt8], _ other: [UInt8], client: [UInt8], server: [UInt8]) -> [UInt8] {
        var shared = [UInt8](repeating: 0, count: 32)
        _ = crypto_scalarmult_curve25519(&shared, secret, other)
        let input = shared + client + server
        var key = [UInt8](repeating: 0, count: 32)
        crypto_generichash(&key, 32, input, UInt64(input.count), nil, 0)
        return key
    }
}

import FoundationEssentials
import SessionCrypto
import SessionInterfaces
import SessionSwarm
import Testing

@testable import SessionDevnet

/// A file of transcripts: what was sent to real servers of a certain network, and what they answered.
struct PeerFile {
    let kind: String
    let transcripts: [JSONValue]
    let nodes: [Node]
    let accounts: [JSONValue]
    private let network: JSONValue

    struct Node {
        let ip: String
        let identity: DevnetSettings.Identity
        let keys: Ed25519KeyPair
        let x25519Key: X25519PublicKey
    }

    init(_ kind: String) throws {
        self.kind = kind
        let data = try Data(contentsOf: URL(filePath: "\(VectorDirectory.path)/\(kind).json"))
        let json = try #require(JSONValue(decoding: [UInt8](data)), "\(kind) is no JSON")
        network = json["network"] ?? .null
        transcripts = json["transcripts"]?.array ?? []
        accounts = json["accounts"]?.array ?? []
        nodes = try (network["nodes"]?.array ?? []).map { try Node($0) }
    }

    /// A file without a network of its own gets one: six nodes in two swarms.
    init(generatedFor kind: String) throws {
        self.kind = kind
        network = .null
        transcripts = []
        accounts = []
        nodes = try (0..<6).map { number in
            let seed = BLAKE2b.hash32(Array("\(kind) \(number)".utf8))
            let keys = try Ed25519KeyPair(seed: SecretBytes(seed.bytes))
            let swarmID = SwarmID(rawValue: number.isMultiple(of: 2) ? 0x2000_0000_0000_0000 : 0xa000_0000_0000_0000)
            return Node(
                ip: "127.0.0.\(11 + number)", identity: .init(seed: seed, swarmID: swarmID), keys: keys,
                x25519Key: keys.x25519.publicKey)
        }
    }

    var hardFork: DevnetSettings.HardFork {
        .init(
            UInt8(clamping: network["hardfork"]?.integer ?? 19),
            UInt8(clamping: network["snode_revision"]?.integer ?? 4))
    }

    /// Names of the chain by their hash.
    var names: [(hash: Bytes32, record: LedgerRecord)] {
        (network["ons"]?.object ?? [:]).compactMap { key, value in
            guard let hash = Base64.decode(String(key.dropFirst(2))).flatMap({ Bytes32($0) }),
                let sealed = value["encrypted_value"]?.string.flatMap({ Hex.decode($0) }),
                let nonce = value["nonce"]?.string.flatMap({ Hex.decode($0) })
            else { return nil }
            return (hash, LedgerRecord(encryptedValue: sealed, nonce: nonce))
        }
    }

    /// The height that answers of the file speak of.
    var height: Int64? { transcripts.lazy.compactMap { $0["response"]?["body_json"]?["height"]?.integer }.first }

    /// The keys of an account, for requests that have to be signed again.
    func signer(of account: String) -> Ed25519KeyPair? {
        accounts.first { $0["account_id"]?.string == account }?["ed25519_seed"]?.string
            .flatMap { Hex.decode($0) }.flatMap { try? Ed25519KeyPair(seed: SecretBytes($0)) }
    }
}

extension PeerFile.Node {
    fileprivate init(_ json: JSONValue) throws {
        ip = try #require(json["ip"]?.string)
        let secret = try #require(json["seckey_ed25519"]?.string.flatMap { Hex.decode($0) })
        let seed = try #require(Bytes32(secret.prefix(32)))
        keys = try Ed25519KeyPair(seed: SecretBytes(seed.bytes))
        x25519Key = keys.x25519.publicKey
        identity = DevnetSettings.Identity(
            seed: seed, legacyKey: json["pubkey_legacy"]?.string.flatMap { Hex.decode($0) }.flatMap { Bytes32($0) },
            swarmID: SwarmID(rawValue: try #require(json["swarm"]?.string.flatMap { UInt64($0, radix: 16) })),
            announced: .init(
                try #require(IPv4Address(ip)), httpsPort: UInt16(clamping: json["https_port"]?.integer ?? 0),
                omqPort: UInt16(clamping: json["omq_quic_port"]?.integer ?? 0)))
    }
}

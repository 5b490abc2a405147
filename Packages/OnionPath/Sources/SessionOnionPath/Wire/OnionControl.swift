import FoundationEssentials
import SessionInterfaces

/// The control part of a decrypted layer: which members it has decides what the node has to do.
enum OnionControl: Hashable {
    case final(json: Bool, base64: Bool)
    case server(scheme: String, host: String, port: UInt16, target: String)
    case relay(destination: Ed25519PublicKey, seal: HopSeal)

    init(decoding json: [UInt8]) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(json))
    }
}

extension OnionControl: Decodable {
    private enum CodingKeys: String, CodingKey {
        case headers, json, base64
        case host, port, target
        case scheme = "protocol"
        case destination
        case ephemeralKey = "ephemeral_key"
        case encryption = "enc_type"
    }

    /// The order of the tests is part of the protocol: `headers` wins over `host`, and `host` over `destination`.
    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        if members.contains(.headers) {
            self = .final(
                json: try members.decodeIfPresent(Bool.self, forKey: .json) ?? false,
                base64: try members.decodeIfPresent(Bool.self, forKey: .base64) ?? true)
        } else if members.contains(.host) {
            self = .server(
                scheme: try members.decodeIfPresent(String.self, forKey: .scheme) ?? "https",
                host: try members.decode(String.self, forKey: .host),
                port: try members.decodeIfPresent(UInt16.self, forKey: .port) ?? 443,
                target: try members.decode(String.self, forKey: .target))
        } else {
            guard let destination = Ed25519PublicKey(hex: try members.decode(String.self, forKey: .destination)) else {
                throw OnionError(.malformedLayer, "destination is not 64 hexadecimal digits")
            }
            self = .relay(
                destination: destination,
                seal: try HopSeal(
                    ephemeralKey: members.decode(String.self, forKey: .ephemeralKey),
                    encryption: members.decodeIfPresent(String.self, forKey: .encryption)))
        }
    }
}

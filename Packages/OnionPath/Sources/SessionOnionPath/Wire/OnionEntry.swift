import FoundationEssentials
import SessionInterfaces

/// What the first receiver of an onion request finds: a guard in the body of `POST /onion_req/v2`, a server in the
/// body that the last hop delivers. Follows protocol document 02, sections 2.1 and 2.3.
public struct OnionEntry: Hashable, Sendable {
    /// A request that has passed more hops than this is refused.
    public static let maximumHopNumber = 15
    /// Path of the guard's entry point.
    public static let requestPath = "/onion_req/v2"
    /// Largest body that service nodes take, in bytes.
    public static let maximumBodySize = 10 << 20

    public let seal: HopSeal
    /// Hops passed so far, 0 or more.
    public let hopNumber: Int
    public let ciphertext: [UInt8]

    public init(seal: HopSeal, hopNumber: Int = 0, ciphertext: [UInt8]) {
        self.seal = seal
        self.hopNumber = hopNumber
        self.ciphertext = ciphertext
    }

    /// - Throws: `.malformedEnvelope`
    public init(decoding body: [UInt8]) throws(OnionError) {
        let envelope = try OnionEnvelope(decoding: body)
        let control: Control
        do {
            control = try JSONDecoder().decode(Control.self, from: Data(envelope.control))
        } catch {
            throw OnionError(.malformedEnvelope, "the envelope's control part cannot be read", underlying: error)
        }
        self.init(
            seal: try HopSeal(ephemeralKey: control.ephemeralKey, encryption: control.encryption),
            hopNumber: max(0, control.hopNumber ?? 0), ciphertext: envelope.blob)
    }

    /// The body of a request. A hop number of 0 is left out, as clients do.
    public func encoded() -> [UInt8] {
        let members = seal.members + (hopNumber > 0 ? [("hop_no", String(hopNumber))] : [])
        return OnionEnvelope(blob: ciphertext, control: Array(JSONText.object(members).utf8)).encoded()
    }

    private struct Control: Decodable {
        let ephemeralKey: String
        let encryption: String?
        let hopNumber: Int?

        enum CodingKeys: String, CodingKey {
            case ephemeralKey = "ephemeral_key"
            case encryption = "enc_type"
            case hopNumber = "hop_no"
        }
    }
}

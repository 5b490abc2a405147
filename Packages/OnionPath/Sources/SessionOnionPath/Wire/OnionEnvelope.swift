/// The one shape that every level of an onion request has: a blob and a JSON control part that says what to do with it.
///
/// Bytes: length of the blob (4, little-endian), blob, control to the end. Follows protocol document 02, section 2.3.
public struct OnionEnvelope: Hashable, Sendable {
    /// Largest control part that is read, in bytes.
    public static let maximumControlSize = 65_536

    /// Ciphertext for the next hop, or the payload of the destination.
    public let blob: [UInt8]
    /// A JSON object. It is not parsed here.
    public let control: [UInt8]

    public init(blob: [UInt8], control: [UInt8]) {
        self.blob = blob
        self.control = control
    }

    /// - Throws: `.malformedEnvelope` when the length does not fit or the control part is too large.
    public init(decoding bytes: [UInt8]) throws(OnionError) {
        guard bytes.count >= 4 else {
            throw OnionError(.malformedEnvelope, "the envelope is shorter than its length field")
        }
        let length = (0..<4).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
        let rest = bytes[4...]
        guard length <= rest.count else {
            throw OnionError(.malformedEnvelope, "the envelope's length field exceeds its size")
        }
        guard rest.count - length <= Self.maximumControlSize else {
            throw OnionError(.malformedEnvelope, "the envelope's control part is too large")
        }
        blob = Array(rest.prefix(length))
        control = Array(rest.dropFirst(length))
    }

    /// - Precondition: The blob is smaller than 4 GiB; whoever sends has checked a far lower limit.
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 + blob.count + control.count)
        withUnsafeBytes(of: UInt32(blob.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes += blob
        bytes += control
        return bytes
    }
}

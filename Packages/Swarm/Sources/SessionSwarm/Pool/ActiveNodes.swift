import SessionCrypto
public import SessionInterfaces

/// The short form of the list of active nodes: records of 51 bytes, one after the other.
/// Follows protocol document 02, section 1.4.
public enum ActiveNodes {
    /// Bytes of one record.
    public static let recordSize = 51

    /// The usable nodes, each once, with X25519 keys derived from the Ed25519 keys.
    ///
    /// Left out are nodes without address or QUIC port, which have not proved to be up yet, and those whose key cannot
    /// be converted.
    /// - Throws: `SwarmError(.malformedAnswer)` unless the length is a multiple of 51, and that of no more than
    ///   `NodeList.maximumCount` records.
    public static func decode(_ bytes: [UInt8]) throws(SwarmError) -> [ServiceNode] {
        let (count, rest) = bytes.count.quotientAndRemainder(dividingBy: recordSize)
        guard rest == 0 else {
            throw SwarmError(.malformedAnswer, "the list of nodes has \(rest) bytes more than whole records")
        }
        guard count <= NodeList.maximumCount else {
            throw SwarmError(.malformedAnswer, "the list has \(count) service nodes")
        }
        var keys: Set<Ed25519PublicKey> = []
        return (0..<count).compactMap { number in
            let start = number * recordSize
            guard let node = node(bytes[start..<(start + recordSize)]), keys.insert(node.ed25519Key).inserted else {
                return nil
            }
            return node
        }
    }

    /// The bytes of an answer: as they are when the node was asked directly, as base64 when not.
    static func decode(answer body: [UInt8]) throws(SwarmError) -> [ServiceNode] {
        let text = body.filter { $0 != UInt8(ascii: "\"") }
        let isText = text.allSatisfy { (0x2b..<0x7b).contains($0) }
        if isText, let bytes = Base64.decode(String(decoding: text, as: UTF8.self)), bytes.count % recordSize == 0 {
            return try decode(bytes)
        }
        return try decode(body)
    }

    /// The records of `nodes`, in their order. Parts of a version above 255 are written as 255.
    public static func encode(_ nodes: some Sequence<ServiceNode>) -> [UInt8] {
        nodes.reduce(into: []) { bytes, node in
            bytes += node.ed25519Key.bytes.bytes
            append(node.swarmID.rawValue, to: &bytes)
            append(node.address.value, to: &bytes)
            append(node.httpsPort, to: &bytes)
            append(node.omqPort, to: &bytes)
            bytes += [node.version.major, node.version.minor, node.version.patch].map { UInt8(clamping: $0) }
        }
    }

    private static func node(_ record: ArraySlice<UInt8>) -> ServiceNode? {
        var fields = RecordFields(record)
        guard let key = fields.bytes32().map({ Ed25519PublicKey($0) }), let swarm = fields.number(UInt64.self),
            let address = fields.number(UInt32.self), let httpsPort = fields.number(UInt16.self),
            let omqPort = fields.number(UInt16.self), let major = fields.number(UInt8.self),
            let minor = fields.number(UInt8.self), let patch = fields.number(UInt8.self),
            address != 0, omqPort != 0, let x25519Key = try? Ed25519.x25519PublicKey(of: key)
        else { return nil }
        return ServiceNode(
            ed25519Key: key, x25519Key: x25519Key, address: IPv4Address(value: address), httpsPort: httpsPort,
            omqPort: omqPort, version: .init(UInt16(major), UInt16(minor), UInt16(patch)),
            swarmID: SwarmID(rawValue: swarm))
    }

    static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}

/// Takes fields of fixed sizes from the front of some bytes; numbers have their most significant byte first.
struct RecordFields {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
        let size = Number.bitWidth / 8
        guard rest.count >= size else { return nil }
        defer { rest = rest.dropFirst(size) }
        return rest.prefix(size).reduce(0) {
            Number.bitWidth > 8 ? $0 << 8 | Number(truncatingIfNeeded: $1) : Number(truncatingIfNeeded: $1)
        }
    }

    mutating func bytes32() -> Bytes32? {
        guard rest.count >= Bytes32.byteCount else { return nil }
        defer { rest = rest.dropFirst(Bytes32.byteCount) }
        return Bytes32(rest.prefix(Bytes32.byteCount))
    }
}

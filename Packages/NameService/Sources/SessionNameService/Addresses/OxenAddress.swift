public import SessionInterfaces

/// The address of an Oxen wallet. Follows protocol document 05, section 4.
public struct OxenAddress: Hashable, Sendable {
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        case standard = 0
        case subaddress = 1
        /// A standard address with a payment ID.
        case integrated = 2
    }

    /// Bytes of a payment ID.
    public static let paymentIDByteCount = 8

    public let network: OxenNetwork
    public let spendKey: Bytes32
    public let viewKey: Bytes32
    /// 8 bytes in integrated addresses, else none.
    public let paymentID: [UInt8]
    public let kind: Kind

    /// - Throws: `OxenError(.invalidAddress)` when a key is no point of the curve, or a payment ID is missing, too much or
    ///   of a wrong length.
    public init(
        network: OxenNetwork, kind: Kind, spendKey: Bytes32, viewKey: Bytes32, paymentID: [UInt8] = []
    ) throws(OxenError) {
        guard paymentID.count == (kind == .integrated ? Self.paymentIDByteCount : 0) else {
            throw OxenError(.invalidAddress, "the address has a payment ID of \(paymentID.count) bytes")
        }
        guard EdwardsPoint(spendKey) != nil else {
            throw OxenError(.invalidAddress, "the address's spend key is no point of the curve")
        }
        guard EdwardsPoint(viewKey) != nil else {
            throw OxenError(.invalidAddress, "the address's view key is no point of the curve")
        }
        self.network = network
        self.kind = kind
        self.spendKey = spendKey
        self.viewKey = viewKey
        self.paymentID = paymentID
    }

    /// Reads an address of `network`.
    /// - Throws: `OxenError(.invalidAddress)` that names what is wrong, such as another network.
    public init(_ text: String, network: OxenNetwork) throws(OxenError) {
        guard let tagged = TaggedBase58(text) else {
            throw OxenError(.invalidAddress, "the Oxen address is mistyped: its checksum is wrong")
        }
        guard let kind = Kind.allCases.first(where: { network.tag(of: $0) == tagged.tag }) else {
            let other = OxenNetwork.allCases.first { other in
                Kind.allCases.contains { other.tag(of: $0) == tagged.tag }
            }
            let found = other.map { "of \($0.rawValue)" } ?? "of another coin"
            throw OxenError(.invalidAddress, "the address is \(found), not of \(network.rawValue)")
        }
        try self.init(network: network, kind: kind, payload: tagged.payload)
    }

    /// The same bytes behind either form of an address: spend key, view key, payment ID.
    init(network: OxenNetwork, kind: Kind, payload: [UInt8]) throws(OxenError) {
        let expected = 2 * Bytes32.byteCount + (kind == .integrated ? Self.paymentIDByteCount : 0)
        guard payload.count == expected, let spendKey = Bytes32(payload[..<32]), let viewKey = Bytes32(payload[32..<64])
        else {
            throw OxenError(.invalidAddress, "the Oxen address holds \(payload.count) bytes instead of \(expected)")
        }
        try self.init(
            network: network, kind: kind, spendKey: spendKey, viewKey: viewKey, paymentID: Array(payload[64...]))
    }

    /// Spend key, view key, payment ID: 64 or 72 bytes.
    var payload: [UInt8] { spendKey.bytes + viewKey.bytes + paymentID }
}

extension OxenAddress: CustomStringConvertible {
    public var description: String { TaggedBase58(tag: network.tag(of: kind), payload: payload).text }
}

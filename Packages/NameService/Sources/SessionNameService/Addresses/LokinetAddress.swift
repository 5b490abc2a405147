public import SessionInterfaces

/// An address that is a key: 52 characters of base32z and a suffix, perhaps below further labels. Follows protocol
/// document 05, section 6.
public struct LokinetAddress: Hashable, Sendable {
    /// Which network, and what is there.
    public enum Suffix: String, Hashable, Sendable, CaseIterable {
        /// Somebody's service in Lokinet.
        case loki
        /// A service node.
        case snode
        /// Somebody's service in Session Router.
        case sesh
    }

    /// Characters of a key.
    public static let keyTextLength = 52
    /// Characters of the longest address that is read.
    private static let maximumLength = 253

    public let key: Ed25519PublicKey
    public let suffix: Suffix
    /// The labels in front of the key, joined by dots; nil when there are none.
    public let subdomain: String?

    public init(key: Ed25519PublicKey, suffix: Suffix, subdomain: String? = nil) {
        self.key = key
        self.suffix = suffix
        self.subdomain = subdomain
    }

    /// Reads the text form; letters may be capitals.
    /// - Throws: `OxenError(.invalidAddress)` that names what is wrong.
    public init(_ text: String) throws(OxenError) {
        guard text.utf8.count <= Self.maximumLength else {
            throw OxenError(.invalidAddress, "the address is longer than \(Self.maximumLength) characters")
        }
        var labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let suffix = Suffix(rawValue: labels.removeLast().lowercased()) else {
            throw OxenError(.invalidAddress, "the address does not end in .loki, .snode or .sesh")
        }
        let key = labels.removeLast()
        guard key.utf8.count == Self.keyTextLength else {
            throw OxenError(
                .invalidAddress,
                "the key in the address has \(key.utf8.count) characters instead of \(Self.keyTextLength)")
        }
        guard let bytes = Base32z.decode(key).flatMap({ Bytes32($0) }) else {
            throw OxenError(.invalidAddress, "the key in the address is not base32z that ends in y or o")
        }
        guard labels.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isAllowed) }) else {
            throw OxenError(.invalidAddress, "the address has a subdomain with characters that host names do not have")
        }
        self.init(
            key: Ed25519PublicKey(bytes), suffix: suffix,
            subdomain: labels.isEmpty ? nil : labels.joined(separator: "."))
    }

    /// Only Lokinet's own addresses, without a subdomain, can be what a name stands for.
    var isNameValue: Bool { suffix == .loki && subdomain == nil }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}

extension LokinetAddress: CustomStringConvertible {
    public var description: String {
        let host = "\(Base32z.encode(key.bytes.bytes)).\(suffix.rawValue)"
        return subdomain.map { "\($0).\(host)" } ?? host
    }
}

import Glibc
import SessionInterfaces

/// Hosts that no proxy stands in front of, as `NO_PROXY` lists them.
///
/// `example.org` means that name and every name below it, `10.0.0.0/8` and `fd00::/8` all addresses of a network,
/// `192.0.2.1` one address, and `*` everything. Names are not looked up to compare them with networks.
public struct ProxyExceptions: Hashable, Sendable {
    private enum Entry: Hashable {
        case everything
        case name(String)
        case network(address: [UInt8], prefix: Int)
    }

    private let entries: [Entry]

    /// No exceptions.
    public init() { entries = [] }

    /// - Parameter text: entries with commas or spaces between them.
    /// - Throws: `TransportError` with code `.proxyFailed` that tells which entry cannot be read.
    public init(_ text: String) throws(TransportError) {
        let words = text.split { $0 == "," || $0.isWhitespace }
        var entries: [Entry] = []
        for (index, word) in words.enumerated() {
            guard let entry = Self.entry(word.lowercased()) else {
                throw TransportError(
                    .proxyFailed, "entry \(index + 1) is neither a host name nor an address or network")
            }
            entries.append(entry)
        }
        self.entries = entries
    }

    /// - Parameter host: without port, an IPv6 address without brackets.
    func contain(_ host: some StringProtocol) -> Bool {
        guard !entries.isEmpty else { return false }
        let host = Self.withoutDots(host.lowercased())
        let address = Self.address(host)
        return entries.contains { entry in
            switch entry {
            case .everything: true
            case .name(let name): address == nil && (host == name || host.hasSuffix("." + name))
            case .network(let network, let prefix): address.map { Self.agree($0, network, prefix) } ?? false
            }
        }
    }

    private static func entry(_ word: String) -> Entry? {
        if word == "*" { return .everything }
        let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let isBracketed = parts[0].hasPrefix("[") && parts[0].hasSuffix("]")
        if let address = address(String(isBracketed ? parts[0].dropFirst().dropLast() : parts[0])) {
            let bits = address.count * 8
            guard let prefix = parts.count == 1 ? bits : Int(parts[1]), (0...bits).contains(prefix) else { return nil }
            return .network(address: address, prefix: prefix)
        }
        let name = withoutDots(word.hasPrefix("*.") ? String(word.dropFirst(2)) : word)
        guard !name.isEmpty, name.utf8.allSatisfy(isNameByte) else { return nil }
        return .name(name)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        OutgoingRequest.isAuthorityByte(byte) && !":[]".utf8.contains(byte)
    }

    private static func withoutDots(_ name: String) -> String {
        let beginning = name.drop { $0 == "." }
        return String(beginning.hasSuffix(".") ? beginning.dropLast() : beginning)
    }

    /// The 4 or 16 bytes of an address; nil for names.
    private static func address(_ text: String) -> [UInt8]? {
        for (family, size) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: size)
            if inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }

    /// True when the first `bits` bits of both addresses are the same.
    private static func agree(_ one: [UInt8], _ other: [UInt8], _ bits: Int) -> Bool {
        guard one.count == other.count else { return false }
        return (0..<one.count).allSatisfy { index in
            let mask = ~(UInt8.max >> UInt8(min(8, max(0, bits - index * 8))))
            return (one[index] ^ other[index]) & mask == 0
        }
    }
}

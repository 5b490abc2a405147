import SessionCrypto
import SessionInterfaces

/// A request to a community server, as far as its signature covers it. Follows protocol document 04, section 1.3.
public struct CommunityRequest: Hashable, Sendable {
    /// In upper case.
    public let method: String
    /// The path as its signature covers it: without percent signs; then the query as it is sent.
    public let signedPath: String
    /// Empty for none.
    public let body: [UInt8]

    /// - Parameters:
    ///   - method: In either case.
    ///   - path: Path and query as they are sent, or with the path's characters as they are.
    /// - Throws: `MessagesError` with `invalidPayload` when `method` has other characters than letters, the path does not
    ///   begin with a slash, or its percent signs stand for no text.
    public init(method: String, path: String, body: [UInt8] = []) throws(MessagesError) {
        guard !method.isEmpty, method.unicodeScalars.allSatisfy({ $0.isASCII && $0.properties.isAlphabetic }) else {
            throw .invalid("the request's method is no method")
        }
        guard path.hasPrefix("/") else { throw .invalid("the request's path does not begin with a slash") }
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let place = parts.first.flatMap({ Self.withoutPercentSigns($0) }) else {
            throw .invalid("the request's path is not written as paths are")
        }
        self.method = method.uppercased()
        let query = parts.count > 1 ? parts[1] : ""
        signedPath = query.isEmpty ? place : place + "?" + query
        self.body = body
    }

    func signedBytes(at server: X25519PublicKey, nonce: [UInt8], timestamp: String) -> [UInt8] {
        var bytes = server.bytes.bytes + nonce
        bytes += (timestamp + method + signedPath).utf8
        if !body.isEmpty { bytes += BLAKE2b.hash(body, size: 64) }
        return bytes
    }

    private static func withoutPercentSigns(_ path: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(path.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, let decoded = Hex.decode(String(decoding: digits, as: UTF8.self)) else {
                return nil
            }
            bytes += decoded
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

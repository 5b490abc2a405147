import HTTPTypes
import SessionInterfaces

extension OutgoingRequest {
    /// Fields that frame the message or govern the connection: they are the transport's to write.
    private static let reserved: Set<HTTPField.Name> = Set(
        [
            "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Expect", "Upgrade", "TE",
            "Trailer", "Proxy-Authorization", "Proxy-Connection",
        ].compactMap { HTTPField.Name($0) })

    static func checkFields(_ fields: HTTPFields) throws(TransportError) {
        for field in fields {
            guard !reserved.contains(field.name) else {
                throw TransportError(.invalidRequest, "header field \(field.name) is written by the transport itself")
            }
            // A line break would begin another field; HTTPTypes keeps some control characters when asked to be lenient.
            guard field.withUnsafeBytesOfValue({ HTTPField.isValidValue($0) }) else {
                throw TransportError(.invalidRequest, "header field \(field.name) holds a forbidden byte")
            }
        }
    }

    /// The fields as libcurl takes them. A bare name with a colon keeps libcurl from adding a field of its own.
    var fieldLines: [String] {
        let fields = request.head.headerFields
        var lines = fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        lines.append("Expect:")
        if !fields.contains(.accept) { lines.append("Accept:") }
        if !fields.contains(.contentType) { lines.append("Content-Type:") }
        return lines
    }
}

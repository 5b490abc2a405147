import HTTPTypes
import SessionInterfaces

/// Status and header fields of an answer, gathered line by line.
struct AnswerHead {
    /// Bytes of all header lines together, interim answers and trailers included.
    static let maximumSize = 64 << 10

    /// True once the empty line after the fields of a final (not 1xx) answer has come.
    private(set) var isComplete = false
    private var status: HTTPResponse.Status?
    private var fields = HTTPFields()
    private var size = 0

    /// Takes one line with its end. Trailers, which follow the body, count but are not kept.
    mutating func take(_ line: UnsafeRawBufferPointer) throws(TransportError) {
        size += line.count
        guard size <= Self.maximumSize else {
            throw TransportError(.responseTooLarge, "the answer's header is larger than \(Self.maximumSize) bytes")
        }
        guard !isComplete else { return }
        let text = line.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        if text.isEmpty {
            isComplete = status.map { $0.code >= 200 } ?? false
        } else if text.starts(with: "HTTP/".utf8) {
            status = try Self.status(in: text)
            fields = HTTPFields()
        } else if let field = Self.field(in: text) {
            fields.append(field)
        }
    }

    /// The head once it is complete.
    var response: HTTPResponse? {
        guard isComplete, let status else { return nil }
        return HTTPResponse(status: status, headerFields: fields)
    }

    /// The length that the answer announces for its body; nil when it has none or does not say.
    func bodyLength(answering method: HTTPRequest.Method) -> Int? {
        // These carry the length of a body that does not follow.
        guard isComplete, let status, method != .head, status != .noContent, status != .notModified else { return nil }
        guard let length = fields[.contentLength].flatMap({ Int($0) }), length >= 0 else { return nil }
        return length
    }

    private static func status(in line: Slice<UnsafeRawBufferPointer>) throws(TransportError) -> HTTPResponse.Status {
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count > 1, words[1].count == 3, let code = Int(String(decoding: words[1], as: UTF8.self)),
            (100...999).contains(code)
        else {
            throw TransportError(.malformedResponse, "the answer's status line has no status of three digits")
        }
        let phrase = words.count > 2 ? String(decoding: words[2], as: UTF8.self) : ""
        return HTTPResponse.Status(code: code, reasonPhrase: phrase)
    }

    /// Nil for lines that are no field: readers are tolerant.
    private static func field(in line: Slice<UnsafeRawBufferPointer>) -> HTTPField? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
            let name = HTTPField.Name(String(decoding: line[..<colon], as: UTF8.self))
        else { return nil }
        return HTTPField(name: name, value: line[(colon + 1)...])
    }
}

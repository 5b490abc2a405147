import HTTPTypes
import SessionInterfaces
import Testing

@testable import SessionTransport

@Suite struct AnswerHeadTests {
    private func head(_ lines: String...) throws -> AnswerHead {
        var head = AnswerHead()
        for line in lines {
            try head.take(text: "\(line)\r\n")
        }
        return head
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK", 200, "OK"), ("HTTP/2 200 ", 200, ""), ("HTTP/2 404", 404, ""),
        ("HTTP/1.0 999 Out of the ordinary", 999, "Out of the ordinary"),
    ])
    func readsStatusLines(line: String, code: Int, phrase: String) throws {
        let status = try #require(try head(line, "").response).status
        #expect(status.code == code)
        #expect(status.reasonPhrase == phrase)
    }

    @Test(arguments: [
        "HTTP/", "HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1 20", "HTTP/1.1 2000 x", "HTTP/1.1 +20", "HTTP/1.1 099",
    ])
    func refusesOtherStatusLines(line: String) {
        #expect(throws: TransportError(.malformedResponse, "")) { try head(line) }
    }

    @Test func isCompleteOnlyAfterAFinalStatus() throws {
        #expect(try head("").response == nil)
        #expect(try head("HTTP/1.1 200 OK", "A: b").response == nil)
        #expect(try head("HTTP/1.1 103 Early", "").response == nil)
        let response = try #require(try head("HTTP/1.1 103 Early", "A: b", "", "HTTP/1.1 200 OK", "C: d", "").response)
        #expect(response.headerFields.map(\.name.rawName) == ["C"])
    }

    @Test func keepsOddFieldsAndSkipsWhatIsNone() throws {
        let lines = ["a:1", "A:  2\t ", "empty:", ": x", "bad name: x", "none", " folded: x", "ü: x", "v: ü\u{1}"]
        var head = try head("HTTP/1.1 200 OK")
        for line in lines + [""] { try head.take(text: "\(line)\n") }
        let fields = try #require(head.response).headerFields
        #expect(fields.map { "\($0.name.rawName)=\($0.value)" } == ["a=1", "A=2", "empty=", "v=ü"])
    }

    @Test func trailersAreNotKept() throws {
        let response = try #require(try head("HTTP/1.1 200 OK", "", "Late: x", "HTTP/1.1 500 No").response)
        #expect(response.status == .ok)
        #expect(response.headerFields.isEmpty)
    }

    @Test(
        arguments: [
            (HTTPRequest.Method.get, "200 OK", "7", 7), (.head, "200 OK", "7", nil), (.get, "204 No Content", "7", nil),
            (.get, "304 Not Modified", "7", nil), (.get, "200 OK", "-7", nil), (.get, "200 OK", "seven", nil),
            (.get, "200 OK", "99999999999999999999", nil),
        ] as [(HTTPRequest.Method, String, String, Int?)])
    func knowsWhenABodyFollows(method: HTTPRequest.Method, status: String, length: String, expected: Int?) throws {
        let head = try head("HTTP/1.1 \(status)", "Content-Length: \(length)", "")
        #expect(head.bodyLength(answering: method) == expected)
    }
}

extension AnswerHead {
    fileprivate mutating func take(text: String) throws {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
        defer { bytes.deallocate() }
        bytes.copyBytes(from: text.utf8)
        try take(UnsafeRawBufferPointer(bytes))
    }
}

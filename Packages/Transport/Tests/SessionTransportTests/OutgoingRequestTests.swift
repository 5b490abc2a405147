import HTTPTypes
import SessionInterfaces
import Testing

@testable import SessionTransport

@Suite struct OutgoingRequestTests {
    private func head(
        _ method: HTTPRequest.Method = .get, scheme: String? = "https", authority: String? = "node.example:4443",
        path: String? = "/a?b=c", fields: HTTPFields = [:]
    ) -> HTTPRequest {
        HTTPRequest(method: method, scheme: scheme, authority: authority, path: path, headerFields: fields)
    }

    @Test(arguments: [
        ("https", "node.example:4443", "/a?b=c", "https://node.example:4443/a?b=c"),
        ("HTTPS", "127.0.0.1", "/../x", "https://127.0.0.1/../x"),
        ("https", "[::1]:80", "", "https://[::1]:80/"),
    ])
    func writesTheAddress(scheme: String, authority: String, path: String, url: String) throws {
        let outgoing = try OutgoingRequest(TransportRequest(head(scheme: scheme, authority: authority, path: path)))
        #expect(outgoing.url == url)
    }

    @Test(
        arguments: [
            (nil, "host", "/"), ("ftp", "host", "/"), ("file", "host", "/"), ("https", nil, "/"), ("https", "", "/"),
            ("https", "user@host", "/"), ("https", "host/path", "/"), ("https", "host?x", "/"),
            ("https", "host#x", "/"),
            ("https", "ho st", "/"), ("https", "hö.st", "/"), ("https", "host", "path"), ("https", "host", "/a b"),
            ("https", "host", "/a#b"), ("https", "host", "/ä"), ("https", "host", "/a\r\nX: y"),
            ("https", "host", "*"),
        ] as [(String?, String?, String?)])
    func refusesAddresses(scheme: String?, authority: String?, path: String?) {
        #expect(throws: TransportError(.invalidRequest, "")) {
            try OutgoingRequest(TransportRequest(head(scheme: scheme, authority: authority, path: path)))
        }
    }

    @Test(arguments: [TrustPolicy.publicAuthorities, .pinnedPublicKeys([Bytes32()])])
    func plainHTTPCannotProveAnything(trust: TrustPolicy) {
        #expect(throws: TransportError(.untrusted, "")) {
            try OutgoingRequest(TransportRequest(head(scheme: "http"), trust: trust))
        }
    }

    @Test func anEmptySetOfPinsMatchesNothing() {
        #expect(throws: TransportError(.untrusted, "")) {
            try OutgoingRequest(TransportRequest(head(), trust: .pinnedPublicKeys([])))
        }
    }

    @Test(arguments: ["Host", "content-length", "Transfer-Encoding", "Connection", "Expect", "Upgrade"])
    func refusesFieldsThatFrameTheMessage(name: String) throws {
        let fields: HTTPFields = [try #require(HTTPField.Name(name)): "1"]
        #expect(throws: TransportError(.invalidRequest, "")) {
            try OutgoingRequest(TransportRequest(head(fields: fields)))
        }
    }

    @Test func refusesControlBytesInFields() throws {
        var fields = HTTPFields()
        fields.append(HTTPField(name: .accept, lenientValue: [0x61, 0x01, 0x62]))
        #expect(throws: TransportError(.invalidRequest, "")) {
            try OutgoingRequest(TransportRequest(head(fields: fields)))
        }
    }

    @Test func refusesHeadWithBodyAndConnect() {
        for method in [HTTPRequest.Method.head, .connect] {
            #expect(throws: TransportError(.invalidRequest, "")) {
                try OutgoingRequest(TransportRequest(head(method), body: [1]))
            }
        }
    }

    @Test(arguments: [Duration.zero, .seconds(-1)])
    func noTimeIsTooLittle(limit: Duration) {
        #expect(throws: TransportError(.timedOut, "")) {
            try OutgoingRequest(TransportRequest(head(), timeLimit: limit))
        }
    }

    @Test func enormousTimeLimitsDoNotOverflow() throws {
        let outgoing = try OutgoingRequest(TransportRequest(head(), timeLimit: .seconds(Int64.max)))
        #expect(outgoing.deadline > .now + .seconds(86_400))
    }

    @Test func writesFieldsAsLibcurlTakesThem() throws {
        let fields: HTTPFields = [.accept: "text/plain", .origin: ""]
        let outgoing = try OutgoingRequest(TransportRequest(head(fields: fields)))
        #expect(outgoing.fieldLines == ["Accept: text/plain", "Origin;", "Expect:", "Content-Type:"])
    }

    @Test(
        arguments: [
            (Duration.zero, 1), (.milliseconds(1), 1), (.microseconds(1), 1), (.microseconds(1001), 2),
            (.seconds(-5), 1),
            (.seconds(3), 3000), (.seconds(Int64.max), .max),
        ] as [(Duration, Int32)])
    func durationsRoundUpToMilliseconds(duration: Duration, milliseconds: Int32) {
        #expect(duration.milliseconds == milliseconds)
    }
}

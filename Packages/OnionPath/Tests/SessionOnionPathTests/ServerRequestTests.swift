import HTTPTypes
import SessionInterfaces
import Testing

@_spi(Simulation) @testable import SessionOnionPath

struct ServerRequestTests {
    @Test(arguments: [
        (
            ServerRequestV4(method: .get, endpoint: "/room/some-room", headers: [.init("Some-Header")!: "12345"]),
            #"l79:{"method":"GET","endpoint":"/room/some-room","headers":{"Some-Header":"12345"}}e"#
        ),
        (
            ServerRequestV4(
                method: .post, endpoint: "/some/thing", headers: [.init("Some-Header")!: "a"],
                body: Array("post body here".utf8)),
            #"l72:{"method":"POST","endpoint":"/some/thing","headers":{"Some-Header":"a"}}14:post body heree"#
        ),
        (
            ServerRequestV4(method: .post, endpoint: "/x", body: []),
            #"l46:{"method":"POST","endpoint":"/x","headers":{}}0:e"#
        ),
        (
            ServerRequestV4(method: .get, endpoint: "/x", headers: [.init("X-Name")!: "é"]),
            #"l58:{"method":"GET","endpoint":"/x","headers":{"X-Name":"é"}}e"#
        ),
    ])
    func requestsHaveOneForm(request: ServerRequestV4, encoded: String) throws {
        #expect(request.encoded() == Array(encoded.utf8))
        #expect(try ServerRequestV4(decoding: Array(encoded.utf8)) == request)
    }

    @Test(arguments: [
        "", "l", "le", "l5:abce", "d1:a1:be", "l2:{}1:a1:be", "l3:{}xe", "l2:{}e", "2:{}", "l2:{}ex", "l:e", "li1ee",
        #"l32:{"method":"GET","endpoint":"no"}e"#, #"l33:{"method":"G T","endpoint":"/no"}e"#,
        "l99999999999999999999:{}e", "l999999999:{}e", "l-1:{}e",
    ])
    func malformedRequestsAreRefused(encoded: String) {
        #expect(throws: OnionError(.malformedServerRequest, "")) {
            try ServerRequestV4(decoding: Array(encoded.utf8))
        }
    }

    @Test func responsesHaveTwoPartsAndLowerCaseNames() throws {
        let response = ServerResponseV4(
            code: 200, headers: [.contentType: "application/json"], body: Array(#"{"id": 123}"#.utf8))
        let encoded = #"l58:{"code":200,"headers":{"content-type":"application/json"}}11:{"id": 123}e"#
        #expect(response.encoded() == Array(encoded.utf8))
        #expect(try ServerResponseV4(decoding: Array(encoded.utf8)) == response)
    }

    @Test func headTextIsEscaped() throws {
        let request = ServerRequestV4(
            method: .get, endpoint: "/\"\\\u{1}\u{1f}\n\r\t\u{8}\u{c}/ü😀", headers: [.init("A")!: "\"b\""])
        #expect(try ServerRequestV4(decoding: request.encoded()) == request)
    }

    @Test func clientsSendNoUserAgentAndNameTheirJSON() {
        var request = RoutedRequest(
            method: .post, path: "/x", headers: [.userAgent: "me", .accept: "*/*"], body: [1])
        #expect(ServerRequestV4(request).headers == [.accept: "*/*", .contentType: "application/json"])
        request.headers[.contentType] = "text/plain"
        #expect(ServerRequestV4(request).headers[.contentType] == "text/plain")
        request.body = []
        #expect(ServerRequestV4(request).body == nil)
    }

    @Test func fieldsOfOneNameAreJoined() throws {
        var headers = HTTPFields()
        headers.append(HTTPField(name: .accept, value: "a"))
        headers.append(HTTPField(name: .accept, value: "b"))
        let encoded = ServerRequestV4(method: .get, endpoint: "/", headers: headers).encoded()
        #expect(try ServerRequestV4(decoding: encoded).headers == [.accept: "a, b"])
    }

    @Test(arguments: ["le", "l0:0:0:e", "l2:{}i1ee", "l2:{}e ", "d2:{}0:e"])
    func onlyOneOrTwoByteStringsAreARequest(text: String) {
        #expect(throws: OnionError(.malformedServerRequest, "")) {
            try ServerRequestV4(decoding: Array(text.utf8))
        }
    }

    @Test func everyTruncationIsRefused() {
        let encoded = ServerRequestV4(method: .post, endpoint: "/x", body: [1, 2, 3]).encoded()
        for length in encoded.indices {
            #expect(throws: OnionError(.malformedServerRequest, "")) {
                try ServerRequestV4(decoding: Array(encoded.prefix(length)))
            }
        }
    }
}

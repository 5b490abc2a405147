import HTTPTypes
import SessionInterfaces
import Testing

@_spi(Simulation) @testable import SessionOnionPath

struct ServerV3Tests {
    @Test(arguments: [
        (#"{"status_code":404}"#, 404), (#"{"status":401,"x":1}"#, 401), (#"{"status_code":201,"status":500}"#, 201),
        (#"{"capabilities":[]}"#, 200), ("[1]", 200), ("", 200), (#"{"status_code":"404"}"#, 200),
        (#"{"status_code":99999999999999999999}"#, 200), (#"{"status_code":-1}"#, 200),
    ])
    func answersNameTheirStatusOrNone(text: String, status: Int) {
        let reply = ServerReplyV3(decoding: Array(text.utf8))
        #expect(reply.status == status)
        #expect(reply.body == Array(text.utf8))
    }

    @Test func requestsSurviveEncoding() throws {
        let request = ServerRequestV3(
            method: .post, endpoint: "/files", headers: [.contentType: "application/json"], body: #"{"file":"é\n"}"#)
        #expect(try ServerRequestV3(decoding: request.encoded()) == request)
        #expect(request.encoded().first == UInt8(ascii: "{"))
        let plain = ServerRequestV3(method: .get, endpoint: "/capabilities")
        #expect(
            String(decoding: plain.encoded(), as: UTF8.self)
                == #"{"endpoint":"/capabilities","headers":{},"method":"GET"}"#)
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"method":"GET"}"#, #"{"method":"GET","endpoint":"/","body":null}"#,
        #"{"method":"GET","endpoint":"/","headers":null}"#, #"{"method":"G T","endpoint":"/"}"#,
        #"{"method":"GET","endpoint":1}"#,
    ])
    func malformedRequestsAreRefused(text: String) {
        #expect(throws: OnionError(.malformedServerRequest, "")) { try ServerRequestV3(decoding: Array(text.utf8)) }
    }

    @Test func bodiesThatAreNoTextCannotBeSent() {
        #expect(ServerRequestV3(RoutedRequest(method: .post, path: "/", body: [0xff])) == nil)
        #expect(ServerRequestV3(RoutedRequest(method: .post, path: "/", body: [0x41]))?.headers.count == 1)
    }

    @Test(arguments: [true, false])
    func answersMayBeWrapped(isWrapped: Bool) throws {
        let conversation = try OnionReplyTests.Conversation(toServer: true, form: .v3)
        let text = Base64.encode(try conversation.seal(#"{"status_code":403}"#))
        let body = isWrapped ? #"{"result":"\#(text)"}"# : text
        #expect(try conversation.request.reader.read(Array(body.utf8)).status == 403)
    }
}

import SessionCrypto
import SessionInterfaces
import Testing

@_spi(Simulation) @testable import SessionOnionPath

struct OnionReplyTests {
    /// A request of one hop to `destination`, and what seals answers to it.
    struct Conversation {
        let request: OnionRequest
        let seal: HopSeal
        let keys: X25519KeyPair
        let random = SeededRandom(seed: 5)

        init(_ encryption: HopEncryption = .xchacha20, toServer: Bool = false, form: RoutedServer.RequestForm = .v4)
            throws
        {
            let nodes = FakeNode.several(2)
            keys = nodes[1].keys
            let server = RoutedServer(
                scheme: .https, host: "example.org", x25519Key: keys.publicKey, form: form)
            request = try OnionRequest(
                [1], to: toServer ? .server(server) : .serviceNode(nodes[1].node), through: [nodes[0].node],
                encryption: encryption, random: random)
            let entry = try OnionEntry(decoding: request.body)
            let layer = try entry.seal.open(entry.ciphertext, with: nodes[0].keys)
            switch try OnionLayer(decrypted: layer) {
            case .relay(_, let seal, _): self.seal = seal
            case .server(let delivery): seal = try OnionEntry(decoding: delivery.body).seal
            case .final: fatalError("the guard is not the destination")
            }
        }

        func seal(_ text: String, with encryption: HopEncryption? = nil) throws -> [UInt8] {
            try HopSeal(ephemeralKey: seal.ephemeralKey, encryption: encryption ?? seal.encryption)
                .sealReply(Array(text.utf8), with: keys, random: random)
        }
    }

    @Test(arguments: [
        (#"{"body":"text","status":200}"#, 200, "text"),
        (#"{"status":421,"body":"{\"a\":\"\\u00e9\"}"}"#, 421, #"{"a":"\u00e9"}"#),
        (#"{"status":200,"body":{"n":18446744073709551615} }"#, 200, #"{"n":18446744073709551615}"#),
        (#" { "body" : [ "}", "\"" , {} ] , "status" : 200 } "#, 200, #"[ "}", "\"" , {} ]"#),
        (#"{"x":{"body":1},"body":null,"status":200}"#, 200, "null"),
        (#"{"body":"","status":503}"#, 503, ""),
    ])
    func nodeAnswersAreRead(plaintext: String, status: Int, body: String) throws {
        let conversation = try Conversation()
        let ciphertext = try conversation.seal(plaintext)
        let expected = OnionReply(status: status, body: Array(body.utf8))
        #expect(try conversation.request.reader.read(Array(Base64.encode(ciphertext).utf8)) == expected)
        #expect(try conversation.request.reader.read(ciphertext) == expected)
    }

    @Test(arguments: [
        "", "[]", "{}", "text", #"{"status":200}"#, #"{"body":""}"#, #"{"status":"200","body":""}"#,
        #"{"status":99999999999999999999,"body":""}"#, #"{"status":200,"body":"unfinished"#,
        #"{"status":0,"body":""}"#, #"{"status":-200,"body":""}"#, #"{"status":1000,"body":""}"#,
        String(repeating: #"{"body":"#, count: 3_000),
    ])
    func malformedNodeAnswersAreRefused(plaintext: String) throws {
        let conversation = try Conversation()
        let ciphertext = try conversation.seal(plaintext)
        #expect(throws: OnionError(.malformedReply, "")) { try conversation.request.reader.read(ciphertext) }
    }

    @Test(arguments: [true, false])
    func nodeRepliesSurviveEncoding(asJSON: Bool) throws {
        let reply = NodeReply(status: 200, body: Array(#"{"a":"line\nend","n":18446744073709551615}"#.utf8))
        #expect(try NodeReply(decoding: reply.encoded(asJSON: asJSON)) == reply)
    }

    @Test(arguments: [
        "", "l", "le", "d1:a1:be", "l2:{}e", #"l10:{"code":1}1:a1:be"#, "l3:{}xe",
        #"l12:{"code":"1"}0:e"#, #"l10:{"code":1}0:ex"#,
    ])
    func malformedServerAnswersAreRefused(plaintext: String) throws {
        let conversation = try Conversation(toServer: true)
        let ciphertext = try conversation.seal(plaintext)
        #expect(throws: OnionError(.malformedReply, "")) { try conversation.request.reader.read(ciphertext) }
    }

    @Test func answersInAESGCMAreReadWhateverWasAsked() throws {
        let conversation = try Conversation(.xchacha20)
        let ciphertext = try conversation.seal(#"{"status":200,"body":"x"}"#, with: .aesGCM)
        #expect(try conversation.request.reader.read(ciphertext).status == 200)
        let other = try Conversation(.aesGCM)
        let refused = try other.seal(#"{"status":200,"body":"x"}"#, with: .xchacha20)
        #expect(throws: OnionError(.undecryptableReply, "")) { try other.request.reader.read(refused) }
    }

    @Test func everyTruncationAndEveryDamageIsNoticed() throws {
        let conversation = try Conversation()
        let ciphertext = try conversation.seal(#"{"status":200,"body":"x"}"#)
        for index in ciphertext.indices {
            var damaged = ciphertext
            damaged[index] ^= 1
            for hostile in [Array(ciphertext.prefix(index)), damaged] {
                #expect(throws: OnionError(.undecryptableReply, "")) { try conversation.request.reader.read(hostile) }
                let text = Array(Base64.encode(hostile).utf8)
                #expect(throws: OnionError(.undecryptableReply, "")) { try conversation.request.reader.read(text) }
            }
        }
    }

    @Test func noiseIsNoAnswer() throws {
        let conversation = try Conversation()
        for count in 0..<200 {
            #expect(throws: OnionError(.undecryptableReply, "")) {
                try conversation.request.reader.read(conversation.random.bytes(count))
            }
        }
    }
}

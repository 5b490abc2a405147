import SessionInterfaces
import Testing

@_spi(Simulation) @testable import SessionOnionPath

struct OnionLayerTests {
    static let destination = String(repeating: "ab", count: 32)
    static let ephemeral = String(repeating: "cd", count: 32)

    static func plaintext(_ control: String, blob: String = "ciphertext") -> [UInt8] {
        OnionEnvelope(blob: Array(blob.utf8), control: Array(control.utf8)).encoded()
    }

    @Test(arguments: [
        (#"{"headers":""}"#, false, true),
        (#"{"headers":null}"#, false, true),
        (#"{"headers":{"a":1},"json":true}"#, true, true),
        (#"{"headers":{},"base64":false}"#, false, false),
        (#"{"headers":"","host":"h","target":"/x","destination":"00"}"#, false, true),
    ])
    func headersMakeTheNodeTheDestination(control: String, json: Bool, base64: Bool) throws {
        #expect(
            try OnionLayer(decrypted: Self.plaintext(control))
                == .final(payload: Array("ciphertext".utf8), json: json, base64: base64))
    }

    @Test func hostMeansDeliveryOfTheWholeLayerToAServer() throws {
        let plaintext = Self.plaintext(#"{"host":"h","target":"/oxen/v4/lsrpc","destination":"00"}"#)
        #expect(
            try OnionLayer(decrypted: plaintext)
                == .server(
                    ServerDelivery(scheme: "https", host: "h", port: 443, target: "/oxen/v4/lsrpc", body: plaintext)))
    }

    @Test func portAndProtocolOfAServerAreRead() throws {
        let plaintext = Self.plaintext(#"{"host":"h","target":"t","port":80,"protocol":"http","method":"GET"}"#)
        #expect(
            try OnionLayer(decrypted: plaintext)
                == .server(ServerDelivery(scheme: "http", host: "h", port: 80, target: "t", body: plaintext)))
    }

    @Test(arguments: [(nil, "aes-gcm"), ("gcm", "aes-gcm"), ("xchacha20", "xchacha20")] as [(String?, String)])
    func otherwiseTheLayerIsRelayed(encType: String?, encryption: String) throws {
        let member = encType.map { #","enc_type":"\#($0)""# } ?? ""
        let control = #"{"destination":"\#(Self.destination)","ephemeral_key":"\#(Self.ephemeral)"\#(member)}"#
        guard case .relay(let next, let seal, let ciphertext) = try OnionLayer(decrypted: Self.plaintext(control))
        else {
            Issue.record("not a relay")
            return
        }
        #expect(next.hex == Self.destination)
        #expect(seal.ephemeralKey.hex == Self.ephemeral)
        #expect(seal.encryption.rawValue == encryption)
        #expect(ciphertext == Array("ciphertext".utf8))
    }

    @Test(arguments: [
        "", "not json", "{}", "[]", "null", "17", #"{"host":"h"}"#, #"{"host":1,"target":"/x"}"#,
        #"{"host":"h","target":"/x","port":65536}"#, #"{"host":"h","target":"/x","port":-1}"#,
        #"{"destination":"ffff","ephemeral_key":"00"}"#, #"{"destination":"\#(OnionLayerTests.destination)"}"#,
        #"{"destination":"\#(OnionLayerTests.destination)","ephemeral_key":"\#(OnionLayerTests.ephemeral)","enc_type":"rot13"}"#,
        #"{"headers":"","json":"yes"}"#, String(repeating: "[", count: 60_000),
        #"{"headers":"\#(String(repeating: "x", count: OnionEnvelope.maximumControlSize))"}"#,
    ])
    func malformedControlIsRefused(control: String) {
        #expect(throws: OnionError(.malformedLayer, "")) { try OnionLayer(decrypted: Self.plaintext(control)) }
    }

    @Test(
        arguments: [
            [], [10, 0, 0], [11, 0, 0, 0] + Array("ciphertext".utf8), [0xff, 0xff, 0xff, 0xff, 1],
        ] as [[UInt8]])
    func wrongLengthIsRefused(bytes: [UInt8]) {
        #expect(throws: OnionError(.malformedEnvelope, "")) { try OnionEnvelope(decoding: bytes) }
        #expect(throws: OnionError(.malformedLayer, "")) { try OnionLayer(decrypted: bytes) }
    }

    @Test func everyTruncationIsAnErrorOrALayer() {
        let plaintext = Self.plaintext(
            #"{"destination":"\#(Self.destination)","ephemeral_key":"\#(Self.ephemeral)"}"#)
        for length in plaintext.indices {
            #expect(throws: OnionError(.malformedLayer, "")) {
                try OnionLayer(decrypted: Array(plaintext.prefix(length)))
            }
        }
    }

    @Test(arguments: [
        "/loki/v3/lsrpc", "/loki/oxen/v4/lsrpc", "/oxen/v3/lsrpc", "/oxen/v4/lsrpc", "/loki/lsrpc",
    ])
    func onionEndpointsAreAllowed(target: String) {
        #expect(ServerDelivery.isAllowed(target: target))
    }

    @Test(arguments: [
        "", "/lsrpc", "oxen/v4/lsrpc", "/not_loki/v3/lsrpc", "/loki/v3", "/loki/v3/lsrpc?foo=bar", "/oxen/v4/lsrpc/",
        "/oxen/v4/lsrpc?", "/oxen/?/lsrpc", "/oxen/#/lsrpc", "/oxen/ /lsrpc", "/oxen/\r\nX: y/lsrpc",
    ])
    func otherTargetsAreRefused(target: String) {
        #expect(!ServerDelivery.isAllowed(target: target))
    }

    @Test(arguments: [
        ("https", "open.getsession.org", true), ("http", "127.0.0.1", true), ("http", "[::1]", true),
        ("ftp", "example.org", false), ("HTTPS", "example.org", false), ("http", "", false),
        ("http", "user@example.org", false), ("http", "example.org/..", false), ("http", "example.org:80", false),
        ("http", "[::1", false), ("http", "[]", false), ("http", "a\r\nb", false),
    ])
    func onlyPlainHostsAreAllowed(scheme: String, host: String, allowed: Bool) {
        let delivery = ServerDelivery(scheme: scheme, host: host, port: 80, target: "/oxen/v4/lsrpc", body: [])
        #expect(delivery.isAllowed == allowed)
    }

    @Test(
        arguments: [
            ("http", 80, "h"), ("https", 443, "h"), ("http", 443, "h:443"), ("https", 8080, "h:8080"),
        ] as [(String, UInt16, String)])
    func defaultPortIsLeftOut(scheme: String, port: UInt16, authority: String) {
        #expect(
            ServerDelivery(scheme: scheme, host: "h", port: port, target: "", body: []).authority == authority)
    }

    @Test(arguments: [("", 0), (#","hop_no":3"#, 3), (#","hop_no":-4"#, 0), (#","hop_no":null"#, 0)])
    func entryCountsHops(member: String, hopNumber: Int) throws {
        let entry = try OnionEntry(decoding: Self.plaintext(#"{"ephemeral_key":"\#(Self.ephemeral)"\#(member)}"#))
        #expect(entry.hopNumber == hopNumber)
        #expect(entry.seal.encryption == .aesGCM)
        #expect(try OnionEntry(decoding: entry.encoded()) == entry)
    }

    @Test(arguments: [
        "{}", #"{"ephemeral_key":"zz"}"#, #"{"ephemeral_key":"\#(OnionLayerTests.ephemeral)","enc_type":"rot13"}"#,
        #"{"ephemeral_key":"\#(OnionLayerTests.ephemeral)","hop_no":99999999999999999999}"#,
    ])
    func malformedEntryIsRefused(control: String) {
        #expect(throws: OnionError(.malformedEnvelope, "")) { try OnionEntry(decoding: Self.plaintext(control)) }
    }
}

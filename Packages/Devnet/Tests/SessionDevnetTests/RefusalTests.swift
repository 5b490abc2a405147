import HTTPTypes
import SessionCrypto
import SessionInterfaces
import SessionSwarm
import Testing

@testable import SessionDevnet

/// Requests that a node refuses, with the status and the text that real nodes give.
@Suite struct RefusalTests {
    struct Case: Sendable {
        let body: String
        let text: String

        init(_ body: String, _ text: String) {
            self.body = body
            self.text = text
        }
    }

    private static let frames: [Case] = [
        Case("hello", "invalid json"),
        Case("", "invalid json"),
        Case(#"{"params":{}}"#, "invalid json: no `method` field"),
        Case(#"{"method":"info"}"#, "invalid json: no `params` field"),
        Case(#"{"method":"info","params":[]}"#, "invalid json: no `params` field"),
        Case(#"{"method":"frobnicate","params":{}}"#, "no method frobnicate"),
        Case(#"{"method":"store","params":{}}"#, "invalid request: Required field 'timestamp' missing"),
        Case(#"{"method":"retrieve","params":{}}"#, "invalid request: Required field 'pubkey' missing"),
        Case(
            #"{"method":"get_swarm","params":{"pubkey":5}}"#,
            "invalid request: Invalid value given for 'pubkey': expected string"),
        Case(
            #"{"method":"get_swarm","params":{"pubkey":"05"}}"#,
            "invalid request: Pubkey must be 66 hex digits/33 bytes long"),
        Case(#"{"method":"oxend_request","params":{}}"#, "invalid request: Required field 'endpoint' missing"),
        Case(
            #"{"method":"oxend_request","params":{"endpoint":"get_info"}}"#,
            "invalid request: Invalid oxend endpoint 'get_info'"),
        Case(
            #"{"method":"batch","params":{}}"#,
            #"invalid request: Invalid batch request: no valid "requests" field"#),
        Case(
            #"{"method":"batch","params":{"requests":[]}}"#,
            #"invalid request: Invalid batch request: no valid "requests" field"#),
        Case(
            #"{"method":"batch","params":{"requests":[{"method":"batch","params":{}}]}}"#,
            "invalid request: Invalid batch subrequest: subrequests may not contain meta-requests"),
        Case(
            #"{"method":"batch","params":{"requests":[{"method":"nope","params":{}}]}}"#,
            #"invalid request: Invalid batch subrequest: invalid method "nope""#),
        Case(
            #"{"method":"sequence","params":{"requests":[{"method":"retrieve","params":{}}]}}"#,
            "invalid request: Required field 'pubkey' missing"),
        Case(
            #"{"method":"batch","params":{"requests":[\#(Array(repeating: "{}", count: 21).joined(separator: ","))]}}"#,
            "invalid request: Invalid batch request: subrequest limit exceeded"),
    ]

    @Test func framesAndParameters() async throws {
        try await Fixture.run { fixture in
            for refusal in Self.frames {
                let reply = try await fixture.post(Array(refusal.body.utf8), to: fixture.nodes[0])
                #expect(reply.status == 400, "\(refusal.body)")
                #expect(reply.text == refusal.text, "\(refusal.body)")
                #expect(reply.headers[.contentType] == "text/plain")
                #expect(reply.headers[.server] == "Oxen Storage Server/2.11.0")
            }
        }
    }

    /// What is changed in a store that would be accepted, and what comes of it.
    private static let stores: [(change: [String: JSONValue], status: Int, text: String)] = [
        (["pubKey": "05"], 400, "invalid request: Cannot specify both 'pubkey' and 'pubKey'"),
        (["pubkey": "0576"], 400, "invalid request: Pubkey must be 66 hex digits (33 bytes) long"),
        (["pubkey": .null], 400, "invalid request: Required field 'pubkey' missing"),
        (["data": .null], 400, "invalid request: Required field 'data' missing"),
        (["data": "!!!not base64!!!"], 400, "invalid request: Invalid 'data' value: not base64 encoded"),
        (
            ["data": .string(Base64.encode(Array(repeating: 0, count: 76_801)))], 400,
            "invalid request: Message body exceeds maximum allowed length of 76800 bytes"
        ),
        (["ttl": .null], 400, "invalid request: Required field 'expiry' or 'ttl' missing"),
        (["expiry": 1_800_000_100_000], 400, "invalid request: Cannot specify both 'expiry' and 'ttl'"),
        (["ttl": -5], 400, "invalid request: Invalid value given for 'ttl': expected positive integer"),
        (["ttl": 9_999], 403, "Provided expiry/TTL is not valid."),
        (["ttl": 1_209_600_001], 403, "Provided expiry/TTL is not valid."),
        (["ttl": .unsigned(.max)], 403, "Provided expiry/TTL is not valid."),
        (["timestamp": .integer(.max)], 406, "Timestamp error: check your clock"),
        (["timestamp": 1_800_000_010_001], 406, "Timestamp error: check your clock"),
        (["timestamp": 1_799_996_400_000, "ttl": 60_000], 406, "Timestamp error: check your clock"),
        (["timestamp": 1_800_000_000], 406, "Timestamp error: check your clock"),
        (["timestamp": 0, "ttl": .null, "expiry": 1_800_003_600_000], 403, "Provided expiry/TTL is not valid."),
        (
            ["sig_timestamp": 5], 400,
            "invalid request: Invalid timestamp for 'sig_timestamp': timestamp must be in milliseconds"
        ),
        (
            ["timestamp": true], 400,
            "invalid request: Invalid value given for 'timestamp': expected integer timestamp (in milliseconds)"
        ),
        (["namespace": "2"], 400, "invalid request: Invalid value given for 'namespace': expected 16-bit integer"),
        (["namespace": 32_768], 400, "invalid request: Invalid value given for 'namespace': value out of range"),
        (["signature": "AAAA"], 400, "invalid request: invalid signature: expected base64 encoded Ed25519 signature"),
        (["namespace": 77], 401, "store: signature required to store to namespace 77"),
        (["ttl": "1209600000", "timestamp": "1800000000000"], 200, ""),
        (["timestamp": 1_800_000_009_000], 200, ""),
        (["namespace": -10], 200, ""),
    ]

    @Test func storesOutOfBounds() async throws {
        let clock = FixedClock(Timestamp(milliseconds: 1_800_000_000_000))
        let keys = AccountKeys.generate(from: CryptoRandom())
        try await Fixture.run(clock: clock) { fixture in
            let member = try await fixture.swarm(of: keys.accountID).members[0]
            for (change, status, text) in Self.stores {
                let parameters = Calls.store([1], for: keys.accountID, at: fixture.now).merging(change) { $1 }
                let reply = try await fixture.call(member, "store", parameters)
                #expect(reply.status == status, "\(change)")
                if status != 200 { #expect(reply.text == text, "\(change)") }
            }
        }
    }

    @Test func unsignedReading() async throws {
        let keys = AccountKeys.generate(from: CryptoRandom())
        try await Fixture.run { fixture in
            let member = try await fixture.swarm(of: keys.accountID).members[0]
            let account: [String: JSONValue] = ["pubkey": .string(keys.accountID.hex)]
            for (more, status, text) in [
                ([:], 401, "retrieve: request signature required"),
                (["namespace": 2], 400, "invalid request: Required field 'signature' missing"),
                (["namespace": -10], 200, nil),
                (["last_hash": "abc"], 400, "invalid request: Invalid last_hash: expected base64 (43 chars)"),
                (
                    ["last_hash": "", "lastHash": ""], 400,
                    "invalid request: Cannot specify both 'last_hash' and 'lastHash'"
                ),
            ] as [([String: JSONValue], Int, String?)] {
                let reply = try await fixture.call(member, "retrieve", account.merging(more) { $1 })
                #expect(reply.status == status, "\(more)")
                if let text { #expect(reply.text == text, "\(more)") }
            }
        }
    }

    @Test func routes() async throws {
        let longPoll = try #require(HTTPField.Name("x-loki-long-poll"))
        let nodeKey = try #require(HTTPField.Name("X-Oxen-Snode-Pubkey"))
        try await Fixture.run { fixture in
            let node = fixture.nodes[0]
            let unknown = try await fixture.post([], to: node, path: "/onion_req/v1?x=1")
            #expect(unknown.status == 404)
            #expect(unknown.text == "post /onion_req/v1?x=1 Not Found")
            let polled = try await fixture.post([], to: node, headers: [longPoll: "1"])
            #expect(polled.status == 410)
            let ping = try await fixture.post([], to: node, path: "/ping_test/v1")
            #expect(ping.status == 200)
            #expect(ping.headers[nodeKey] == Base64.encode(node.ed25519Key.bytes.bytes))
            let statistics = try await fixture.send(
                HTTPRequest(
                    method: .get, scheme: "https", authority: "127.0.0.1:\(node.httpsPort)", path: "/get_stats/v1"), [])
            #expect(statistics.text == #"{"version":"2.11.0"}"#)
        }
    }

    @Test func bodiesThatAreTooLargeOrGarbageHarmNothing() async throws {
        try await Fixture.run { fixture in
            let node = fixture.nodes[0]
            let tooLarge = [UInt8](repeating: 0x20, count: (10 << 20) + 1)
            #expect(try await fixture.post(tooLarge, to: node).status == 413)
            let random = SeededRandom(seed: 1)
            for length in [0, 1, 3, 4, 5, 64, 1000, 100_000] {
                for path in [RoutedRequest.storageRPCPath, "/onion_req/v2", RelayedRequest.path] {
                    #expect(try await fixture.post(random.bytes(length), to: node, path: path).status == 400, "\(path)")
                }
            }
            for hostile in [
                String(repeating: "[", count: 100_000), String(repeating: #"{"a":"#, count: 100_000),
                #"{"method":"store","params":{"timestamp":1e999}}"#, "\"\\ud800\"", "99999999999999999999999",
            ] {
                #expect(try await fixture.post(Array(hostile.utf8), to: node).status == 400)
            }
            let sane = try await fixture.call(node, "info", [:])
            #expect(sane.status == 200)
        }
    }
}

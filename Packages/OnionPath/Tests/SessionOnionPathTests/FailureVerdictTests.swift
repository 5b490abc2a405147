import SessionInterfaces
import Testing

@testable import SessionOnionPath

struct FailureVerdictTests {
    /// Three nodes of a path, then a destination, then a stranger.
    static let nodes = ServiceNode.several(5)
    static let keys = nodes.keys
    static let path = Array(nodes.prefix(3))
    static let node = Destination.serviceNode(nodes[3])
    static let server = Destination.server(
        RoutedServer(scheme: .https, host: "example.org", x25519Key: nodes[3].x25519Key))

    struct Case: Sendable, CustomTestStringConvertible {
        let failure: OnionFailure
        let destination: Destination
        let code: RouterError.Code
        var retry = FailureVerdict.Retry.now
        var strikes: [Ed25519PublicKey: NodeStrike] = [:]
        var strikesPath = false
        var dropsPath = false
        var avoided: Set<Ed25519PublicKey> = []

        var testDescription: String { "\(failure)" }
    }

    static func plain(_ status: Int, _ text: String) -> OnionFailure {
        .refused(PlainAnswer(status: status, body: Array(text.utf8)))
    }

    static func missing(_ index: Int) -> OnionFailure { plain(502, "Next node not found: \(keys[index].hex)") }

    static func unreachable(_ index: Int) -> OnionFailure {
        plain(502, "Next node is currently unreachable: \(keys[index].hex)")
    }

    static func notReady(_ index: Int) -> OnionFailure { plain(503, "Snode not ready: \(keys[index].hex)") }

    static let pathStrikes: [Case] = [
        Case(failure: .timedOut, destination: node, code: .timedOut),
        Case(failure: .timedOut, destination: server, code: .timedOut),
        Case(failure: .undecryptable(OnionError(.undecryptableReply, "")), destination: node, code: .invalidResponse),
        Case(failure: plain(400, "Invalid ciphertext"), destination: node, code: .pathFailed),
        Case(failure: plain(400, "Invalid ciphertext"), destination: server, code: .pathFailed),
        Case(failure: plain(400, "Error parsing onion request: x"), destination: node, code: .pathFailed),
        Case(failure: plain(400, "Invalid internal onion request: x"), destination: node, code: .pathFailed),
        Case(failure: plain(400, "anything"), destination: node, code: .pathFailed),
        Case(failure: plain(404, "post /onion_req/v2 Not Found"), destination: server, code: .pathFailed),
        Case(failure: plain(406, "Timestamp error"), destination: node, code: .invalidResponse),
        Case(failure: plain(421, "{}"), destination: node, code: .invalidResponse),
        Case(failure: plain(425, ""), destination: server, code: .invalidResponse),
        Case(failure: plain(500, "Invalid response from snode"), destination: server, code: .pathFailed),
        Case(failure: missing(0), destination: node, code: .pathFailed),
        Case(failure: missing(4), destination: node, code: .pathFailed),
        Case(failure: plain(502, "Next node not found: 00"), destination: node, code: .pathFailed),
        Case(failure: plain(502, "Bad Gateway"), destination: node, code: .pathFailed),
        Case(failure: notReady(4), destination: node, code: .pathFailed),
        Case(failure: plain(504, "Request time out"), destination: node, code: .timedOut),
        Case(failure: plain(504, "Request time out"), destination: server, code: .timedOut),
        Case(failure: plain(200_000, ""), destination: node, code: .pathFailed),
    ]

    @Test(arguments: pathStrikes)
    func anUnexplainedFailureCountsAgainstThePath(example: Case) {
        var expected = example
        expected.strikesPath = true
        check(expected)
    }

    static let blamed: [Case] = [
        Case(
            failure: .guardUnreachable(TransportError(.unreachable, "")), destination: node, code: .noPath,
            strikes: [keys[0]: .transient], dropsPath: true, avoided: [keys[0]]),
        Case(
            failure: missing(1), destination: node, code: .pathFailed, strikes: [keys[1]: .permanent],
            strikesPath: true, avoided: [keys[1]]),
        Case(
            failure: unreachable(2), destination: server, code: .pathFailed, strikes: [keys[2]: .permanent],
            strikesPath: true, avoided: [keys[2]]),
        Case(
            failure: missing(3), destination: node, code: .destinationUnreachable, retry: .never,
            strikes: [keys[3]: .permanent]),
        Case(
            failure: notReady(2), destination: node, code: .pathFailed, strikes: [keys[2]: .transient],
            avoided: [keys[2]]),
        Case(
            failure: notReady(3), destination: node, code: .destinationUnreachable, retry: .never,
            strikes: [keys[3]: .transient]),
        Case(
            failure: plain(503, "Service node is not ready: syncing\n"), destination: node, code: .pathFailed,
            strikes: [keys[0]: .transient], avoided: [keys[0]]),
        Case(
            failure: plain(503, "Server busy, try again later"), destination: server, code: .pathFailed,
            strikes: [keys[0]: .transient], avoided: [keys[0]]),
        Case(
            failure: plain(429, "Too Many Requests\n"), destination: node, code: .rateLimited, retry: .later,
            avoided: [keys[0]]),
    ]

    @Test(arguments: blamed)
    func aNamedNodeIsBlamedWhenItIsPartOfTheRequest(example: Case) { check(example) }

    static let final: [Case] = [
        Case(failure: plain(413, ""), destination: node, code: .invalidRequest, retry: .never),
        Case(
            failure: plain(400, "onion request max path length exceeded"), destination: node, code: .invalidRequest,
            retry: .never),
        Case(failure: plain(400, "<html>"), destination: server, code: .invalidResponse, retry: .never),
        Case(failure: plain(404, "<html>"), destination: server, code: .invalidResponse, retry: .never),
        Case(failure: plain(502, "Bad Gateway"), destination: server, code: .destinationUnreachable, retry: .never),
        Case(failure: plain(504, "late"), destination: server, code: .destinationUnreachable, retry: .never),
        Case(
            failure: .malformedReply(OnionError(.malformedReply, "")), destination: node, code: .invalidResponse,
            retry: .never),
        Case(
            failure: .replyTooLarge(TransportError(.responseTooLarge, "")), destination: node, code: .invalidResponse,
            retry: .never),
    ]

    @Test(arguments: final)
    func whatNoOtherPathCanCureIsNotRepeated(example: Case) { check(example) }

    func check(_ example: Case, _ location: SourceLocation = #_sourceLocation) {
        let verdict = FailureVerdict(example.failure, on: Self.path, to: example.destination)
        #expect(verdict.error.code == example.code, sourceLocation: location)
        #expect(verdict.retry == example.retry, sourceLocation: location)
        #expect(verdict.strikes == example.strikes, sourceLocation: location)
        #expect(verdict.strikesPath == example.strikesPath, sourceLocation: location)
        #expect(verdict.dropsPath == example.dropsPath, sourceLocation: location)
        #expect(verdict.avoided == example.avoided, sourceLocation: location)
        #expect(verdict.awaitsProof == !example.failure.reachedGuard, sourceLocation: location)
    }

    @Test(
        arguments: [
            (.unreachable, .noPath, .now), (.interrupted, .noPath, .now), (.untrusted, .noPath, .now),
            (.malformedResponse, .noPath, .now), (.timedOut, .timedOut, .now),
            (.responseTooLarge, .invalidResponse, .never), (.proxyFailed, .noPath, .never),
            (.invalidRequest, .invalidRequest, .never), (.closed, .noPath, .never), (.failed, .noPath, .never),
        ] as [(TransportError.Code, RouterError.Code, FailureVerdict.Retry)])
    func everyTransportErrorHasItsPlace(
        code: TransportError.Code, expected: RouterError.Code, retry: FailureVerdict.Retry
    ) {
        let verdict = FailureVerdict(
            OnionFailure(TransportError(code, "")), on: Self.path, to: Self.node)
        #expect(verdict.error.code == expected)
        #expect(verdict.retry == retry)
    }

    @Test func textOfStrangersIsCutAndCleaned() {
        let answer = PlainAnswer(status: 500, body: Array("\u{1b}[2Jé".utf8) + Array(repeating: 65, count: 9_000))
        #expect(answer.text.hasPrefix("[2JA"))
        #expect(answer.text.utf8.count <= 200)
    }

    @Test(
        arguments: [
            (502, "oxend returned unparsable data", .permanent), (503, "Snode not ready", .transient),
            (502, "x", nil), (503, "x", nil), (406, "Snode not ready", nil), (421, "", nil), (200, "", nil),
        ] as [(Int, String, NodeStrike?)])
    func aDestinationIsBlamedForLittle(status: Int, text: String, strike: NodeStrike?) {
        #expect(DestinationFault.strike(for: OnionReply(status: status, body: Array(text.utf8))) == strike)
    }
}

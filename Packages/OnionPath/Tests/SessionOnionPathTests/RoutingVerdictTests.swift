import SessionInterfaces
import Testing

@_spi(Simulation) @testable import SessionOnionPath

struct RoutingVerdictTests {
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
        var course = RoutingVerdict.Course.retry(.brief, .xchacha20)
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
        Case(
            failure: .undecryptable(OnionError(.undecryptableReply, "")), destination: node, code: .invalidResponse,
            course: .retry(.brief, .aesGCM)),
        Case(
            failure: .replyTooLarge(TransportError(.responseTooLarge, "")), destination: node, code: .invalidResponse),
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
            failure: missing(3), destination: node, code: .destinationUnreachable, course: .giveUp,
            strikes: [keys[3]: .permanent]),
        Case(
            failure: notReady(2), destination: node, code: .pathFailed, strikes: [keys[2]: .transient],
            avoided: [keys[2]]),
        Case(
            failure: notReady(3), destination: node, code: .destinationUnreachable, course: .giveUp,
            strikes: [keys[3]: .transient]),
        Case(
            failure: plain(503, "Service node is not ready: syncing\n"), destination: node, code: .pathFailed,
            strikes: [keys[0]: .transient], avoided: [keys[0]]),
        Case(
            failure: plain(503, "Server busy, try again later"), destination: server, code: .pathFailed,
            strikes: [keys[0]: .transient], avoided: [keys[0]]),
        Case(
            failure: plain(429, "Too Many Requests\n"), destination: node, code: .rateLimited,
            course: .retry(.rateLimit, .xchacha20),
            avoided: [keys[0]]),
    ]

    @Test(arguments: blamed)
    func aNamedNodeIsBlamedWhenItIsPartOfTheRequest(example: Case) { check(example) }

    static let final: [Case] = [
        Case(failure: plain(413, ""), destination: node, code: .invalidRequest, course: .giveUp),
        Case(
            failure: plain(400, "onion request max path length exceeded"), destination: node, code: .invalidRequest,
            course: .giveUp),
        Case(failure: plain(404, "<html>"), destination: server, code: .invalidResponse, course: .giveUp),
        Case(failure: plain(502, "Bad Gateway"), destination: server, code: .destinationUnreachable, course: .giveUp),
        Case(failure: plain(504, "late"), destination: server, code: .destinationUnreachable, course: .giveUp),
        Case(
            failure: .malformedReply(OnionError(.malformedReply, "")), destination: node, code: .invalidResponse,
            course: .giveUp, strikes: [keys[3]: .transient]),
        Case(
            failure: .malformedReply(OnionError(.malformedReply, "")), destination: server, code: .invalidResponse,
            course: .giveUp),
    ]

    @Test(arguments: final)
    func whatNoOtherPathCanCureIsNotRepeated(example: Case) { check(example) }

    func check(_ example: Case, _ location: SourceLocation = #_sourceLocation) {
        let verdict = RoutingVerdict(example.failure, in: Self.state(example.destination))
        #expect(verdict.error?.code == example.code, sourceLocation: location)
        #expect(verdict.course == example.course, sourceLocation: location)
        #expect(verdict.strikes == example.strikes, sourceLocation: location)
        #expect(verdict.strikesPath == example.strikesPath, sourceLocation: location)
        #expect(verdict.dropsPath == example.dropsPath, sourceLocation: location)
        #expect(verdict.avoided == example.avoided, sourceLocation: location)
        #expect(verdict.awaitsProof == !example.failure.reachedGuard, sourceLocation: location)
        #expect(verdict.advice.isEmpty, "nothing unauthenticated has side effects", sourceLocation: location)
    }

    static func state(_ destination: Destination) -> RoutingState {
        RoutingState(path: path, destination: destination)
    }

    @Test(
        arguments: [
            (.unreachable, .noPath, true), (.interrupted, .noPath, true), (.untrusted, .noPath, true),
            (.malformedResponse, .noPath, true), (.timedOut, .timedOut, true),
            (.responseTooLarge, .invalidResponse, true), (.proxyFailed, .noPath, false),
            (.invalidRequest, .invalidRequest, false), (.closed, .noPath, false), (.failed, .noPath, false),
        ] as [(TransportError.Code, RouterError.Code, Bool)])
    func everyTransportErrorHasItsPlace(code: TransportError.Code, expected: RouterError.Code, isRepeated: Bool) {
        let verdict = RoutingVerdict(OnionFailure(TransportError(code, "")), in: Self.state(Self.node))
        #expect(verdict.error?.code == expected)
        #expect(verdict.course == (isRepeated ? .retry(.brief, .xchacha20) : .giveUp))
    }

    @Test func theOtherEncryptionIsTriedOnce() {
        var state = Self.state(Self.server)
        let refusal = Self.plain(400, "<html>")
        #expect(RoutingVerdict(refusal, in: state).course == .retry(.brief, .aesGCM))
        #expect(!RoutingVerdict(refusal, in: state).strikesPath)
        state.encryption = .aesGCM
        #expect(RoutingVerdict(refusal, in: state).course == .retry(.brief, .xchacha20))
        state.hasChangedEncryption = true
        #expect(RoutingVerdict(refusal, in: state).course == .giveUp)
        let undecryptable = OnionFailure.undecryptable(OnionError(.undecryptableReply, ""))
        #expect(RoutingVerdict(undecryptable, in: state).course == .retry(.brief, .aesGCM))
    }

    @Test(arguments: [OnionFailure.timedOut, plain(504, "Request time out")])
    func aSilentDestinationIsNotAskedAgainWhenThereAreOthers(failure: OnionFailure) {
        var state = Self.state(Self.node)
        state.hasOtherDestinations = true
        let verdict = RoutingVerdict(failure, in: state)
        #expect(verdict.course == .giveUp)
        #expect(verdict.strikesPath)
        #expect(verdict.error?.code == .timedOut)
    }

    @Test func theListOfNodesIsDoubtedWhenRequestsArriveDamagedAgain() {
        var state = Self.state(Self.node)
        let damage = Self.plain(400, "Invalid ciphertext")
        #expect(!RoutingVerdict(damage, in: state).doubtsNodes)
        state.damagedRequests = 1
        #expect(RoutingVerdict(damage, in: state).doubtsNodes)

        var history = RoutingHistory()
        for expected in [1, 0, 1] {
            state.damagedRequests = history.damagedRequests
            history.note(damage, RoutingVerdict(damage, in: state))
            #expect(history.damagedRequests == expected)
        }
    }

    @Test func withoutAPathTheListIsRefreshedWhereThatIsPossible() {
        var state = Self.state(Self.node)
        let failure = OnionFailure.noPath(RouterError(.noPath, "too few"))
        #expect(RoutingVerdict(failure, in: state).course == .giveUp)
        state.canRefreshNodes = true
        let verdict = RoutingVerdict(failure, in: state)
        #expect(verdict.course == .retry(.offline, .xchacha20))
        #expect(verdict.doubtsNodes)
        #expect(verdict.error?.code == .noPath)
    }

    @Test func pausesGrowUpToALimit() {
        let pauses = RetryPauses()
        let brief = (1...7).map { pauses.duration(.brief, after: $0).milliseconds }
        #expect(brief == [100, 200, 400, 800, 1_600, 2_000, 2_000])
        #expect(pauses.duration(.offline, after: 1) == .milliseconds(200))
        #expect(pauses.duration(.offline, after: .max) == .seconds(5))
        #expect(pauses.duration(.rateLimit, after: 0) == .seconds(1))
    }

    @Test func textOfStrangersIsCutAndCleaned() {
        let answer = PlainAnswer(status: 500, body: Array("\u{1b}[2Jé".utf8) + Array(repeating: 65, count: 9_000))
        #expect(answer.text.hasPrefix("[2JA"))
        #expect(answer.text.utf8.count <= 200)
    }

    static let replies: [(Int, String, NodeStrike?, Set<RoutedResponse.Advice>)] = [
        (200, "", nil, []), (400, "invalid json", nil, []), (401, "signature verification failed", nil, []),
        (404, "{}", nil, []), (406, "Snode not ready", nil, [.clockIsOff]), (421, "", nil, [.swarmHasChanged]),
        (425, "", nil, []), (429, "Too Many Requests", nil, [.slowDown, .takeAnotherDestination]),
        (500, "request failed", nil, [.takeAnotherDestination]), (502, "x", nil, []), (503, "x", nil, []),
        (502, "oxend returned unparsable data", .permanent, [.takeAnotherDestination]),
        (503, "Snode not ready", .transient, [.takeAnotherDestination]),
        (200, #"{"results":[{"body":{"swarm":1},"code":421},{"code":421,"body":"}"}]}"#, nil, [.swarmHasChanged]),
        (200, #"{"results":[{"body":"t","code":406}]}"#, nil, [.clockIsOff]),
        (200, #"{"results":[{"body":"t","code":406},{"body":{},"code":200}]}"#, nil, []),
        (200, #"{"results":[{"body":"t","code":406},{"code":421}]}"#, nil, []),
        (200, #"{"results":[]}"#, nil, []), (200, #"{"results":{"code":421}}"#, nil, []),
        (200, #"{"results":[{"code":1e99}]}"#, nil, []), (200, #"{"results":[{"code":421"#, nil, []),
    ]

    @Test(arguments: replies)
    func whatADestinationSaysIsDelivered(
        status: Int, text: String, strike: NodeStrike?, advice: Set<RoutedResponse.Advice>
    ) {
        let reply = OnionReply(status: status, body: Array(text.utf8))
        let verdict = RoutingVerdict(reply, in: Self.state(Self.node))
        #expect(verdict.course == .deliver)
        #expect(verdict.error == nil)
        #expect(verdict.strikes == (strike.map { [Self.keys[3]: $0] } ?? [:]))
        #expect(verdict.advice == advice)
        #expect(!verdict.strikesPath && !verdict.dropsPath && !verdict.awaitsProof)
    }

    @Test(
        arguments: [(425, [.clockIsOff]), (429, [.slowDown]), (406, []), (421, []), (500, []), (404, [])]
            as [(Int, Set<RoutedResponse.Advice>)])
    func aServersCodesAreItsOwn(status: Int, advice: Set<RoutedResponse.Advice>) {
        let verdict = RoutingVerdict(
            OnionReply(status: status, body: Array("Snode not ready".utf8)), in: Self.state(Self.server))
        #expect(verdict.course == .deliver)
        #expect(verdict.advice == advice)
        #expect(verdict.strikes.isEmpty)
    }

    @Test func theThirdInternalErrorInARowIsAStrike() {
        var history = RoutingHistory()
        let failure = OnionReply(status: 500, body: Array("request failed".utf8))
        func note(_ reply: OnionReply) -> NodeStrike? {
            var state = Self.state(Self.node)
            state.destinationErrors = history.errors(of: Self.node)
            let verdict = RoutingVerdict(reply, in: state)
            history.note(reply, of: Self.node, verdict)
            return verdict.strikes[Self.keys[3]]
        }
        let strikes = [failure, failure, failure, failure].map(note)
        #expect(strikes == [nil, nil, .transient, nil])
        #expect(note(OnionReply(status: 200, body: [])) == nil)
        #expect(history.errors(of: Self.node) == 0)
    }
}

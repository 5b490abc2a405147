import SessionCrypto
import SessionInterfaces
import SessionMessages
import Testing

@Suite struct CommunityRequestTests {
    typealias Field = CommunityRequestProof.Field

    private static let server = Accounts.carol.x25519.publicKey
    private static let forms: [CommunityIdentity.Form] = [.unblinded, .blinded(.blinded15), .blinded(.blinded25)]

    private static func request(_ body: [UInt8] = []) throws -> CommunityRequest {
        try CommunityRequest(method: "post", path: "/room/a/message?limit=2", body: body)
    }

    private static func proof(
        _ form: CommunityIdentity.Form = .blinded(.blinded15), at time: Timestamp = moment
    ) throws -> CommunityRequestProof {
        CommunityIdentity(form, of: Accounts.alice, at: server)
            .sign(try request([1]), sentAt: time, random: SeededRandom(seed: 1))
    }

    private static func judge(
        server: X25519PublicKey = server, now: Timestamp = moment, requiresBlinding: Bool = true,
        isBanned: Bool = false, isNew: Bool = true
    ) -> CommunityRequestProof.Judge {
        .init(
            server: server, now: now, requiresBlinding: requiresBlinding, isBanned: { _ in isBanned },
            takeNonce: { _ in isNew })
    }

    private func headers(_ proof: CommunityRequestProof, changing changes: [Field: String?] = [:]) throws
        -> CommunityRequestProof?
    {
        try CommunityRequestProof { field in changes[field] ?? proof.value(of: field) }
    }

    @Test(arguments: forms.indices)
    func signedRequestsAreTaken(index: Int) throws {
        let proof = try Self.proof(Self.forms[index])
        let received = try #require(try headers(proof))
        #expect(received == proof)
        try received.check(Self.request([1]), by: Self.judge(requiresBlinding: false))
    }

    private static func refusals() -> [(CommunityRequestProof.Judge, CommunityRefusal, Int)] {
        [
            (judge(now: moment + .days(1) + .seconds(1)), .timestampTooFar, 425),
            (judge(now: moment - .days(1) - .seconds(1)), .timestampTooFar, 425),
            (judge(isBanned: true), .banned, 403),
            (judge(isNew: false), .nonceUsed, 425),
            (judge(server: Accounts.bob.x25519.publicKey), .badSignature, 401),
        ]
    }

    @Test(arguments: 0..<5)
    func serversRefuse(index: Int) throws {
        let (judge, refusal, status) = Self.refusals()[index]
        #expect(throws: refusal) { try Self.proof().check(Self.request([1]), by: judge) }
        #expect(refusal.status == status)
    }

    @Test func unblindedIDsAreRefusedWhereBlindingIsWanted() throws {
        #expect(throws: CommunityRefusal.blindingRequired) {
            try Self.proof(.unblinded).check(Self.request([1]), by: Self.judge())
        }
    }

    @Test(
        arguments: [
            ("GET", "/room/a/message?limit=2", [1]), ("POST", "/room/a/message?limit=3", [1]),
            ("POST", "/room/a/message", [1]), ("POST", "/room/a/message?limit=2", []),
            ("POST", "/room/a/message?limit=2", [2]),
        ] as [(String, String, [UInt8])])
    func everyPartIsSigned(method: String, path: String, body: [UInt8]) throws {
        let other = try CommunityRequest(method: method, path: path, body: body)
        #expect(throws: CommunityRefusal.badSignature) { try Self.proof().check(other, by: Self.judge()) }
    }

    @Test(arguments: Field.allCases)
    func missingHeadersAreCounted(field: Field) throws {
        let proof = try Self.proof()
        for absent in [nil, ""] as [String?] {
            #expect(throws: CommunityRefusal.missingHeaders(1)) { try headers(proof, changing: [field: absent]) }
        }
        #expect(throws: CommunityRefusal.missingHeaders(3)) {
            try CommunityRequestProof { $0 == field ? proof.value(of: field) : nil }
        }
    }

    @Test func nobodyInParticularNeedsNoHeaders() throws {
        #expect(try CommunityRequestProof { _ in nil } == nil)
    }

    static let malformed: [(Field, String)] = [
        (.publicKey, "15"), (.publicKey, Accounts.alice.accountID.hex), (.publicKey, String(repeating: "z", count: 66)),
        (.nonce, "AAAA"), (.nonce, "?"), (.signature, "AAAA"), (.signature, String(repeating: "g", count: 128)),
        (.timestamp, "soon"), (.timestamp, "1.5"), (.timestamp, "99999999999999999999"),
    ]

    @Test(arguments: malformed)
    func malformedHeadersAreNamed(field: Field, value: String) throws {
        let proof = try Self.proof()
        #expect(throws: CommunityRefusal.malformed(field)) { try headers(proof, changing: [field: value]) }
    }

    @Test func headersMayBeHexadecimalOrWithoutPadding() throws {
        let proof = try Self.proof()
        let nonce = Base64.encode(proof.nonce).replacing("=", with: "")
        #expect(try headers(proof, changing: [.nonce: nonce, .signature: Hex.encode(proof.signature)]) == proof)
        #expect(try headers(proof, changing: [.publicKey: Base64.encode(proof.id.bytes)]) == proof)
    }

    @Test(arguments: [Int64.min, -1, .max])
    func farTimesDoNotOverflow(seconds: Int64) throws {
        let proof = try #require(try headers(Self.proof(), changing: [.timestamp: String(seconds)]))
        #expect(throws: CommunityRefusal.timestampTooFar) { try proof.check(Self.request([1]), by: Self.judge()) }
    }

    @Test func keysThatAreNoPointsAreRefused() throws {
        let id = AccountID(prefix: .blinded15, key: Bytes32()).hex
        let proof = try #require(try headers(Self.proof(), changing: [.publicKey: id]))
        #expect(throws: CommunityRefusal.badKey) { try proof.check(Self.request([1]), by: Self.judge()) }
    }

    @Test(arguments: [
        ("", "/a"), ("GE T", "/a"), ("G3T", "/a"), ("GET", ""), ("GET", "a"), ("GET", "/%"), ("GET", "/%2"),
        ("GET", "/%zz"), ("GET", "/%ff"),
    ])
    func whatIsNoRequestIsRefused(method: String, path: String) {
        #expect(throws: MessagesError(.invalidPayload, "")) { try CommunityRequest(method: method, path: path) }
    }

    @Test(arguments: [
        ("/a%2Fb%20c?x=%20", "/a/b c?x=%20"), ("/a?", "/a"), ("/r\u{f6}m", "/r\u{f6}m"), ("/r%c3%b6m", "/r\u{f6}m"),
        ("/a?b?c", "/a?b?c"),
    ])
    func pathsAreSignedWithoutPercentSigns(path: String, signed: String) throws {
        #expect(try CommunityRequest(method: "get", path: path).signedPath == signed)
    }
}

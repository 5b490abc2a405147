import SessionCrypto
import SessionInterfaces
import SessionMessages
import Testing

@Suite struct PushRequestTests {
    private static let key = SecretBytes([UInt8](repeating: 7, count: 32))
    private static let token = String(repeating: "t", count: 64)
    private static let seconds = "1700000000"

    private static func device(_ service: PushDevice.Service = .firebase) throws -> PushDevice {
        try PushDevice(service: service, token: token, key: key)
    }

    private func body(_ requests: PushRequest...) throws -> String {
        String(decoding: try PushRequest.body(of: requests), as: UTF8.self)
    }

    /// Every field that the server reads, under its name, and nothing else.
    @Test(arguments: PushDevice.Service.allCases)
    func subscriptionsOfAccounts(service: PushDevice.Service) throws {
        let alice = Accounts.alice
        let request = try PushRequest.subscription(
            of: .account(alice), on: Self.device(service), namespaces: [.revokedGroupMessages, .messages],
            signedAt: moment, now: moment)
        let text = "MONITOR\(alice.accountID.hex)\(Self.seconds)1-11,0"
        let signature = Hex.encode(alice.ed25519.sign(Array(text.utf8)))
        let expected = """
            [{"data":true,"enc_key":"\(String(repeating: "07", count: 32))","namespaces":[-11,0],\
            "pubkey":"\(alice.accountID.hex)","service":"\(service.rawValue)",\
            "service_info":{"token":"\(Self.token)"},"session_ed25519":"\(alice.ed25519.publicKey.hex)",\
            "sig_ts":\(Self.seconds),"signature":"\(signature)"}]
            """
        #expect(try body(request) == expected)
    }

    @Test func cancellationsSayLess() throws {
        let alice = Accounts.alice
        let request = try PushRequest.cancellation(
            of: .account(alice), on: Self.device(), signedAt: moment, now: moment)
        let signature = Hex.encode(
            alice.ed25519.sign(Array("UNSUBSCRIBE\(alice.accountID.hex)\(Self.seconds)".utf8)))
        let expected = """
            [{"pubkey":"\(alice.accountID.hex)","service":"firebase","service_info":{"token":"\(Self.token)"},\
            "session_ed25519":"\(alice.ed25519.publicKey.hex)","sig_ts":\(Self.seconds),"signature":"\(signature)"}]
            """
        #expect(try body(request) == expected)
    }

    @Test func groupsAreNamedByThemselvesOrByAGrant() throws {
        let group = GroupMessageTests.groupKeys
        let id = GroupMessageTests.group
        let grant = try SubaccountGrant(for: Accounts.bob.accountID, by: group)
        let member = try SubaccountKey(grant, of: Accounts.bob.ed25519, in: id)
        let text = Array("MONITOR\(id.hex)\(Self.seconds)011".utf8)
        let requests = try [PushSubscriber.administrator(group), .member(member, of: id)].map {
            try PushRequest.subscription(
                of: $0, on: Self.device(), namespaces: [.groupMessages], includesMessages: false, signedAt: moment,
                now: moment)
        }
        let expected = [
            (group.sign(text), ""),
            (
                member.sign(text),
                #","subaccount":"\#(Hex.encode(member.token))","#
                    + #""subaccount_sig":"\#(Hex.encode(member.tokenSignature))""#
            ),
        ].map { signature, grant in
            """
            {"data":false,"enc_key":"\(String(repeating: "07", count: 32))","namespaces":[11],"pubkey":"\(id.hex)",\
            "service":"firebase","service_info":{"token":"\(Self.token)"},"sig_ts":\(Self.seconds),\
            "signature":"\(Hex.encode(signature))"\(grant)}
            """
        }
        #expect(try body(requests[0], requests[1]) == "[\(expected.joined(separator: ","))]")
    }

    @Test(arguments: [[], [0, 0], [2, 0]] as [[Int16]])
    func namespacesAscend(namespaces: [Int16]) {
        #expect(throws: MessagesError(.invalidPayload, "")) {
            try PushRequest.subscription(
                of: .account(Accounts.alice), on: Self.device(), namespaces: namespaces.map(Namespace.init(rawValue:)),
                signedAt: moment, now: moment)
        }
    }

    @Test func timesThatServersRefuseAreNotSigned() throws {
        let subscribe = { (now: Timestamp) in
            try PushRequest.subscription(
                of: .account(Accounts.alice), on: Self.device(), namespaces: [.messages], signedAt: moment, now: now)
        }
        let cancel = { (now: Timestamp) in
            try PushRequest.cancellation(
                of: .account(Accounts.alice), on: Self.device(), signedAt: moment, now: now)
        }
        for now in [moment + .days(14), moment - .days(1)] {
            #expect(throws: MessagesError(.invalidTimestamp, "")) { try subscribe(now) }
        }
        for now in [moment + .days(1), moment - .days(1)] {
            #expect(throws: MessagesError(.invalidTimestamp, "")) { try cancel(now) }
        }
        _ = try (subscribe(moment + .days(13)), cancel(moment + .seconds(86_399)))
    }

    @Test(
        arguments: [
            (.apple, 63, 32), (.appleSandbox, 65, 32), (.firebase, 31, 32), (.huawei, 1000, 32), (.firebase, 64, 31),
        ] as [(PushDevice.Service, Int, Int)])
    func devicesThatServersRefuseCannotBeMade(service: PushDevice.Service, token: Int, key: Int) {
        #expect(throws: MessagesError(.invalidPayload, "")) {
            try PushDevice(
                service: service, token: String(repeating: "t", count: token),
                key: SecretBytes([UInt8](repeating: 7, count: key)))
        }
    }

    @Test func bodiesThatServersRefuseAreNotMade() throws {
        let request = try PushRequest.cancellation(
            of: .account(Accounts.alice), on: Self.device(), signedAt: moment, now: moment)
        #expect(throws: MessagesError(.messageTooLarge, "")) {
            try PushRequest.body(of: Array(repeating: request, count: 250))
        }
    }
}

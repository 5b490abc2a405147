import SessionCrypto
import SessionInterfaces
import SessionNameService
import Testing

@Suite struct OxenDaemonTests {
    private func oxen(_ method: String, _ result: String) -> FakeOxen {
        FakeOxen { $0.script[method] = #"{"jsonrpc":"2.0","id":"0","result":\#(result)}"# }
    }

    @Test func info() async throws {
        let body =
            #"{"height":18446744073709551615,"target_height":0,"hard_fork":21,"nettype":"stagenet","version":"11.0.6","#
            + #""staking_requirement":25000000000000,"ons_counts":[1,2,3],"status":"OK","extra":[{}]}"#
        let info = try await oxen("get_info", body).daemon.info()
        #expect(info.height == .max)
        #expect((info.hardFork, info.version) == (21, 11))
        #expect(info.network == .stagenet)
        #expect(info.stakingRequirement == OxenAmount(units: 25_000_000_000_000))
        #expect(info.nameCounts == [1, 2, 3])
        #expect(!info.isCatchingUp)
    }

    static let nonsense = [
        "", "null", "[]", "7", "{}", #"{"result":null}"#, #"{"result":[]}"#, #"{"result":"x"}"#, #"{"error":7}"#,
        #"{"result":{"height":-1,"hard_fork":1,"version":"1","status":"OK"}}"#,
        #"{"result":{"height":1e400,"hard_fork":1,"version":"1","status":"OK"}}"#,
        #"{"result":{"height":1,"hard_fork":1,"version":"x","status":"OK"}}"#,
        #"{"result":{"height":1,"hard_fork":1.5,"version":"1","status":"OK"}}"#, String(repeating: "[", count: 100_000),
    ]

    @Test(arguments: nonsense.indices)
    func nonsenseIsNamed(index: Int) async {
        let oxen = FakeOxen { $0.script["get_info"] = Self.nonsense[index] }
        await #expect(throws: OxenError(.invalidAnswer, "")) { try await oxen.daemon.info() }
    }

    /// A status other than OK is a failure even where no error is.
    @Test func busyDaemons() async {
        let oxen = oxen("get_info", #"{"height":1,"hard_fork":1,"version":"1","status":"BUSY"}"#)
        await #expect(throws: OxenError(.refused, "")) { try await oxen.daemon.info() }
    }

    @Test func refusalsCarryTheirNumber() async {
        let oxen = FakeOxen {
            $0.script["get_info"] = #"{"jsonrpc":"2.0","id":"0","error":{"code":403,"message":"no\#("\\")nway"}}"#
        }
        let error = await #expect(throws: OxenError.self) { try await oxen.daemon.info() }
        #expect(error?.code == .refused)
        #expect(error?.reason == 403)
        #expect(error?.message.contains("no way") == true)
    }

    @Test(arguments: [
        (401, OxenError.Code.unauthorised), (503, .refused), (404, .invalidAnswer), (302, .invalidAnswer),
    ])
    func statuses(status: Int, code: OxenError.Code) async {
        let oxen = FakeOxen { $0.status = status }
        await #expect(throws: OxenError(code, "")) { try await oxen.daemon.info() }
    }

    @Test(arguments: [
        (TransportError.Code.unreachable, OxenError.Code.unreachable), (.timedOut, .unreachable),
        (.untrusted, .unreachable), (.responseTooLarge, .invalidAnswer), (.malformedResponse, .invalidAnswer),
    ])
    func transportFailures(failure: TransportError.Code, code: OxenError.Code) async {
        let oxen = FakeOxen { $0.failure = TransportError(failure, "") }
        await #expect(throws: OxenError(code, "")) { try await oxen.daemon.info() }
    }

    @Test func loginsAreSent() async throws {
        let oxen = FakeOxen()
        let login = RPCEndpoint.Login(user: "oxen", password: SecretText("p:w"))
        _ = try await OxenDaemon(RPCEndpoint("daemon.test:1", login: login), transport: oxen).info()
        #expect(oxen.state.withLock { $0.questions.first?.authorization } == "Basic b3hlbjpwOnc=")
    }

    @Test(arguments: ["10", "11"])
    func owners(version: String) async throws {
        let name = try LedgerName("test", type: .session)
        let oxen = FakeOxen {
            $0.version = version
            $0.foreign = (name.base64Hash, AddressTests.standard)
        }
        let major = try #require(Int(version))
        let entry = try #require(try await oxen.daemon.entry(of: name, version: major))
        #expect(entry.nameHash == name.hash)
        #expect(entry.isOwned(by: AddressTests.standard, on: .mainnet))
        #expect(!entry.isOwned(by: String(repeating: "0", count: 64), on: .mainnet))
        #expect(try entry.record.open(for: name, network: .mainnet).description == KnownRecords.account)
        let question = oxen.state.withLock { $0.questions.last?.parameters }
        #expect(question?.contains(#""entries""#) == (version == "10"))
    }

    /// A daemon of version 11 may crash when it is asked who owns an unregistered name.
    @Test func unregisteredNamesHaveNoOwner() async throws {
        let oxen = FakeOxen()
        #expect(try await oxen.daemon.entry(of: LedgerName("test", type: .session), version: 11) == nil)
        #expect(oxen.state.withLock { $0.questions.map(\.method) } == ["ons_resolve"])
    }

    @Test(arguments: [
        #"{"type":9}"#, #"{"type":0,"name_hash":"x"}"#, "7",
        #"{"type":0,"name_hash":"kosgNmlD4q/RHrwOri5TqTvxd6T881vMZNUDcE5l4gI=","owner":"x","encrypted_value":"00"}"#,
    ])
    func brokenEntries(entry: String) async {
        let oxen = oxen("ons_owners_to_names", #"{"entries":[\#(entry)],"status":"OK"}"#)
        await #expect(throws: OxenError(.invalidAnswer, "")) {
            try await oxen.daemon.entries(ownedBy: [AddressTests.standard])
        }
    }

    @Test(arguments: [0, 257])
    func questionsAreBounded(count: Int) async {
        await #expect(throws: OxenError(.invalidOwner, "")) {
            try await FakeOxen().daemon.entries(ownedBy: [String](repeating: "0", count: count))
        }
    }
}

@Suite struct OxendNameResolverTests {
    private func registered() throws -> FakeOxen {
        let hash = try LedgerName("test", type: .session).base64Hash
        return FakeOxen { $0.foreign = (hash, AddressTests.standard) }
    }

    @Test func resolves() async throws {
        let account = try await OxendNameResolver([registered().daemon]).resolve(" Test ")
        #expect(account.hex == KnownRecords.account)
    }

    @Test func outcomesDiffer() async throws {
        let (known, empty) = (try registered().daemon, try FakeOxen().daemon)
        let silent = try FakeOxen { $0.failure = TransportError(.timedOut, "") }.daemon
        await #expect(throws: NameError(.notFound, "")) { try await OxendNameResolver([empty]).resolve("test") }
        await #expect(throws: NameError(.disagreement, "")) {
            try await OxendNameResolver([known, empty]).resolve("test")
        }
        await #expect(throws: NameError(.unavailable, "")) {
            try await OxendNameResolver([known, silent]).resolve("test")
        }
        await #expect(throws: NameError(.unavailable, "")) { try await OxendNameResolver([]).resolve("test") }
        await #expect(throws: NameError(.invalidName, "")) { try await OxendNameResolver([known]).resolve("a b") }
    }

    @Test func legacyRecords() async throws {
        let oxen = FakeOxen {
            $0.script["ons_resolve"] = #"{"result":{"encrypted_value":"\#(KnownRecords.legacyValue)"}}"#
        }
        #expect(try await OxendNameResolver([oxen.daemon]).resolve("test").hex == KnownRecords.account)
    }
}

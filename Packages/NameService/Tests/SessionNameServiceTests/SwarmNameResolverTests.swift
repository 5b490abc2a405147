import SessionInterfaces
import SessionNameService
import Testing

@Suite struct SwarmNameResolverTests {
    typealias Answer = FakeNodes.Answer

    private func resolver(
        _ router: FakeNodes, nodes: [ServiceNode] = .init(ServiceNode.several(20)), seed: UInt64 = 1
    ) -> SwarmNameResolver {
        SwarmNameResolver(nodes: FixedServiceNodes(nodes), router: router, random: SeededRandom(seed: seed))
    }

    @Test func threeDistinctNodesAreAsked() async throws {
        let router = FakeNodes([KnownRecords.found])
        let account = try await resolver(router).resolve(" TEST ")
        #expect(account.hex == KnownRecords.account)
        #expect(router.asked.count == 3)
        #expect(Set(router.asked).count == 3)
        let document =
            #"{"method":"oxend_request","params":{"endpoint":"ons_resolve","params":"#
            + #"{"name_hash":"kosgNmlD4q/RHrwOri5TqTvxd6T881vMZNUDcE5l4gI=","type":0}}}"#
        for sent in router.documents { #expect(String(decoding: sent, as: UTF8.self) == document) }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func subnetsDifferIfPossible(seed: UInt64) async throws {
        let router = FakeNodes([KnownRecords.found])
        _ = try await resolver(router, nodes: ServiceNode.several(12, perSubnet: 4), seed: seed).resolve("test")
        #expect(Set(router.asked.map(\.address.subnet24)).count == 3)
    }

    @Test func oneSubnetIsBetterThanNone() async throws {
        let router = FakeNodes([KnownRecords.found])
        _ = try await resolver(router, nodes: ServiceNode.several(3, perSubnet: 3)).resolve("test")
        #expect(Set(router.asked).count == 3)
    }

    @Test func notFound() async {
        let router = FakeNodes([.notRegistered])
        await #expect(throws: NameError(.notFound, "")) { try await resolver(router).resolve("test") }
        #expect(router.asked.count == 3)
    }

    @Test func disagreement() async {
        let router = FakeNodes([.notRegistered, KnownRecords.found])
        await #expect(throws: NameError(.disagreement, "")) { try await resolver(router).resolve("test") }
        #expect(router.asked.count == 3)
    }

    static let failures: [Answer] = [
        .silence, .body("Unknown oxend error", status: 400), .body("oxend returned unparsable data", status: 502),
        .body("{}"), .body(#"{"result":{"encrypted_value":"zz"}}"#), KnownRecords.garbage,
    ]

    /// Up to three failures cost nothing but three other nodes.
    @Test(arguments: failures.indices, 1...3)
    func failuresAreReplaced(index: Int, count: Int) async throws {
        let router = FakeNodes(Array(repeating: Self.failures[index], count: count) + [KnownRecords.found])
        let account: AccountID
        do {
            account = try await resolver(router).resolve("test")
        } catch let error as NameError where index == Self.failures.count - 1 && count == 3 {
            // Three equal answers that cannot be read are an agreement: the record itself is broken.
            #expect(error.code == .invalidRecord)
            return
        }
        #expect(account.hex == KnownRecords.account)
        #expect(router.asked.count == 3 + count)
        #expect(Set(router.asked).count == 3 + count)
    }

    @Test func fourFailuresAreTooMany() async {
        let router = FakeNodes([.silence, .silence, .silence, .silence, KnownRecords.found])
        let error = await #expect(throws: NameError.self) { try await resolver(router).resolve("test") }
        #expect(error?.code == .unavailable)
        #expect(error?.underlying as? RouterError == RouterError(.timedOut, ""))
        #expect(router.asked.count == 6)
    }

    /// A missing third answer is not made up for by the other two.
    @Test func twoAnswersAreNotEnough() async {
        let router = FakeNodes([.silence, KnownRecords.found])
        await #expect(throws: NameError(.unavailable, "")) {
            try await resolver(router, nodes: ServiceNode.several(3)).resolve("test")
        }
        #expect(router.asked.count == 3)
    }

    /// Three equal records of the legacy form are opened, once.
    @Test func legacyRecord() async throws {
        let account = try await resolver(FakeNodes([KnownRecords.legacy])).resolve("test")
        #expect(account.hex == KnownRecords.account)
    }

    /// Names of other types are asked for and read as such.
    @Test func lokinetNames() async throws {
        let name = try LedgerName("test.loki", type: .lokinet)
        let stored = FakeOxen.lokinetRecord
        let router = FakeNodes([.found(String(stored.dropLast(48)), String(stored.suffix(48)))])
        let value = try await resolver(router).value(of: name, network: .mainnet)
        #expect(value.description == "\(AddressTests.lokinet).loki")
        #expect(router.documents.allSatisfy { String(decoding: $0, as: UTF8.self).contains(#""type":2"#) })
        let accounts = FakeNodes([KnownRecords.found])
        await #expect(throws: NameError(.unavailable, "")) {
            try await resolver(accounts).value(of: name, network: .mainnet)
        }
    }

    @Test func brokenLegacyRecord() async {
        let broken = FakeNodes.Answer.found(String(repeating: "ab", count: 49), nil)
        await #expect(throws: NameError(.invalidRecord, "")) {
            try await resolver(FakeNodes([broken])).resolve("test")
        }
    }

    @Test func invalidNamesAreNotAskedFor() async {
        let router = FakeNodes([KnownRecords.found])
        await #expect(throws: NameError(.invalidName, "")) { try await resolver(router).resolve("no name") }
        #expect(router.asked.isEmpty)
    }

    @Test func tooFewNodes() async {
        let router = FakeNodes([KnownRecords.found])
        await #expect(throws: NameError(.unavailable, "")) {
            try await resolver(router, nodes: ServiceNode.several(2)).resolve("test")
        }
        let one = ServiceNode.several(1)
        await #expect(throws: NameError(.unavailable, "")) {
            try await resolver(router, nodes: one + one + one).resolve("test")
        }
        #expect(Set(router.asked).count <= 1)
    }

    @Test func sourceWithoutNodes() async {
        struct Empty: ServiceNodeSource {
            func serviceNodes() async throws -> [ServiceNode] { throw RouterError(.noPath, "none") }
            func strike(_ node: Ed25519PublicKey, _ severity: NodeStrike) async {}
        }
        let resolver = SwarmNameResolver(nodes: Empty(), router: FakeNodes([.silence]))
        let error = await #expect(throws: NameError.self) { try await resolver.resolve("test") }
        #expect(error?.code == .unavailable)
        #expect(error?.underlying as? RouterError == RouterError(.noPath, ""))
    }

    @Test func cancellation() async {
        let router = FakeNodes([.hang])
        let task = Task { try await resolver(router).resolve("test") }
        while router.asked.count < 3 { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(router.asked.count == 3)
    }
}

import SessionInterfaces
import Testing

@testable import SessionDevnet

@Suite struct DescriptorTests {
    @Test func aRunningNetworkDescribesItself() async throws {
        try await Fixture.run { fixture in
            let descriptor = try await fixture.devnet.descriptor()
            let read = try DevnetDescriptor(decoding: descriptor.encoded())
            #expect(read == descriptor)
            #expect(try read.network == (try await fixture.devnet.network))
            #expect(read.nodes?.map(\.ed25519) == fixture.nodes.map(\.ed25519Key.hex))
            #expect(read.nodes?.map(\.httpsPort) == fixture.nodes.map(\.httpsPort))
        }
    }

    @Test func rulesThatAreLeftOutAreLocal() throws {
        let text = #"{"name":"n","seeds":[{"url":"http://127.0.0.1:80"}],"rules":{"path_count":1},"x":1}"#
        let network = try DevnetDescriptor(decoding: Array(text.utf8)).network
        var rules = Network.Rules.local
        rules.pathCount = 1
        #expect(
            network == Network(name: "n", seeds: [.init(origin: "http://127.0.0.1:80", trust: .none)], rules: rules))
    }

    @Test func aSeedOverTLSHasToProveItself() throws {
        let text = #"{"name":"n","seeds":[{"url":"https://seed.example"}]}"#
        #expect(try DevnetDescriptor(decoding: Array(text.utf8)).network.seeds[0].trust == .publicAuthorities)
    }

    @Test(arguments: [
        ("", "the network file is no JSON object"),
        ("[]", "the network file is no JSON object"),
        (#"{"seeds":[]}"#, "name is missing"),
        (#"{"name":7,"seeds":[]}"#, "name has the wrong type"),
        (#"{"name":"","seeds":[{"url":"http://h"}]}"#, "name is empty"),
        (#"{"name":"n"}"#, "seeds is missing"),
        (#"{"name":"n","seeds":[]}"#, "seeds is empty"),
        (#"{"name":"n","seeds":[{"url":"http://h"},{}]}"#, "seeds[1].url is missing"),
        (#"{"name":"n","seeds":[{"url":"ftp://h"}]}"#, "seeds[0].url is no http or https URL"),
        (#"{"name":"n","seeds":[{"url":"h:80"}]}"#, "seeds[0].url is no http or https URL"),
        (#"{"name":"n","seeds":[{"url":"http://h/json_rpc"}]}"#, "seeds[0].url is not just a host and a port"),
        (#"{"name":"n","seeds":[{"url":"http://"}]}"#, "seeds[0].url is not just a host and a port"),
        (
            #"{"name":"n","seeds":[{"url":"http://h"}],"rules":{"path_count":"2"}}"#,
            "rules.path_count has the wrong type"
        ),
        (#"{"name":"n","seeds":[{"url":"http://h"}],"rules":{"path_count":0}}"#, "rules.path_count is less than 1"),
        (#"{"name":"n","seeds":[{"url":"http://h"}],"nodes":[{"ed25519":"00"}]}"#, "nodes[0].ip is missing"),
    ])
    func whatIsWrongIsNamed(text: String, message: String) {
        let error = #expect(throws: DevnetError.self) { try DevnetDescriptor(decoding: Array(text.utf8)) }
        #expect(error?.code == .invalidDescriptor)
        #expect(error?.message == message)
    }
}

@Suite struct SettingsTests {
    private static let wrong: [@Sendable (inout DevnetSettings) -> Void] = [
        { $0.nodes = 0 }, { $0.nodes = 257 }, { $0.swarms = 0 }, { $0.swarms = 10 }, { $0.portBase = 0 },
        { $0.portBase = 65_527 }, { $0.sightingLimit = -1 },
    ]

    @Test(arguments: wrong.indices) func outOfRange(index: Int) {
        var settings = DevnetSettings()
        Self.wrong[index](&settings)
        #expect(throws: DevnetError(.invalidSetting, "")) { try settings.validate() }
    }

    @Test func theDefaultsAreInRange() throws {
        var settings = DevnetSettings()
        try settings.validate()
        settings.portBase = 65_526
        try settings.validate()
    }
}

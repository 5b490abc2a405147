import Foundation
import Testing

/// What the tool shows of nodes and paths, and how it steers a devnet in another process.
@Suite(.serialized) struct NetworkTests {
    @Test func nodesAndSwarmsAreListed() async throws {
        try await Devnet.running { devnet in
            let account = try await devnet.account("a")
            let network = ["--network", devnet.file, "--json"]
            let nodes = try await account.tool.run(["node", "list"] + network).objects
            #expect(nodes.count == 9)
            #expect(nodes.allSatisfy { ($0["ed25519"] as? String)?.count == 64 && $0["ip"] as? String == "127.0.0.1" })
            let members = try await account.tool.run(["node", "swarm", account.id] + network).objects
            #expect(members.count == 3)
            #expect(Set(members.compactMap { $0["swarm"] as? String }).count == 1)

            let key = try #require(nodes.first?["ed25519"] as? String)
            let info = try await account.tool.run(["node", "info", String(key.prefix(20))] + network).objects
            #expect(info.first?["ed25519"] as? String == key)
            #expect(info.first?["hard_fork"] as? [Int] == [21, 0])
            let unknown = try await account.tool.run(["node", "info", "zz"] + network)
            #expect(unknown.status == 6)
        }
    }

    @Test func theGuardIsKeptAndRenewedWhenAsked() async throws {
        try await Devnet.running { devnet in
            let account = try await devnet.account("a")
            func paths(_ arguments: String...) async throws -> [[String: Any]] {
                let outcome = try await account.tool.run(["path"] + arguments + ["--network", devnet.file, "--json"])
                #expect(outcome.status == 0, "\(outcome.error)")
                return try outcome.objects
            }
            func guardsOf(_ paths: [[String: Any]]) -> [String?] {
                paths.map { ($0["nodes"] as? [[String: Any]])?.first?["ed25519"] as? String }
            }
            let first = try await paths("show")
            #expect(first.count == 2)
            for path in first {
                let nodes = try #require(path["nodes"] as? [[String: Any]])
                #expect(Set(nodes.compactMap { $0["ed25519"] as? String }).count == 3)
                #expect(path["answer_ms"] is Int)
                #expect(path["account"] as? String == account.id)
            }
            #expect(Set(guardsOf(try await paths("show"))) == Set(guardsOf(first)))
            #expect(Set(guardsOf(try await paths("rebuild"))) == Set(guardsOf(first)))
            let renewed = try await paths("rebuild", "--new-guards")
            let since = try #require(first.first?["guard_since_ms"] as? Int)
            #expect(renewed.allSatisfy { ($0["guard_since_ms"] as? Int ?? 0) > since })

            let direct = try await account.tool.run("path", "show", "--path", "direct", "--network", devnet.file)
            #expect(direct.status == 78)
        }
    }

    @Test func aDevnetIsSteeredFromOutside() async throws {
        try await Devnet.running { devnet in
            let mode = try FileManager.default.attributesOfItem(atPath: devnet.file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let account = try await devnet.account("a")
            func steer(_ arguments: String...) async throws -> [[String: Any]] {
                let outcome = try await account.tool.run(
                    ["devnet"] + arguments + ["--network", devnet.file, "--json"])
                #expect(outcome.status == 0, "\(outcome.error)")
                return try outcome.objects
            }
            func faults(of key: String, in nodes: [[String: Any]]) -> [String?] {
                let node = nodes.first { $0["ed25519"] as? String == key }
                return (node?["faults"] as? [[String: Any]] ?? []).map { $0["kind"] as? String }
            }
            let nodes = try await steer("status")
            let keys = nodes.compactMap { $0["ed25519"] as? String }
            #expect(keys.count == 9)
            let victim = keys[0]
            #expect(faults(of: victim, in: try await steer("fault", victim, "slow", "--seconds", "0.1")) == ["slow"])
            #expect(faults(of: victim, in: try await steer("fault", victim, "down")).count == 2)
            #expect(faults(of: victim, in: try await steer("clear", victim, "slow")) == ["down"])
            // With a node down, messages arrive all the same.
            #expect(try await account.send("to myself", to: account.id).status == 0)
            #expect(faults(of: victim, in: try await steer("clear")).isEmpty)
            let moved = try await steer("move", victim, "1234")
            #expect(moved.contains { $0["ed25519"] as? String == victim && $0["swarm"] as? String == "1234" })
            #expect(try await steer("reshuffle").count == 9)

            let mistakes = [
                ["fault", victim, "hungry"], ["fault", victim, "down", "--seconds", "1"], ["move", victim, "x"],
            ]
            for mistake in mistakes {
                let outcome = try await account.tool.run(["devnet"] + mistake + ["--network", devnet.file])
                #expect(outcome.status == 64)
            }
        }
    }

    @Test func aDevnetThatIsGoneCannotBeSteered() async throws {
        try await Tool.inTemporaryHome { tool in
            let outcome = try await tool.run("devnet", "status")
            #expect(outcome.status == 66)
        }
    }

    @Test(arguments: ["gopher://host:1", "socks5h://host", "socks5://host:1"])
    func proxiesAreChecked(address: String) async throws {
        try await Tool.inTemporaryHome { tool in
            let asOption = try await tool.run("plugins", "--proxy", address)
            #expect(asOption.status == 78)
            let fromEnvironment = try await Tool(home: tool.home, environment: ["ALL_PROXY": address]).run("plugins")
            #expect(fromEnvironment.status == 78)
            #expect(fromEnvironment.error.contains("ALL_PROXY"))
        }
    }

    @Test func aProxyThatIsNotThereIsANetworkFailure() async throws {
        try await Devnet.running { devnet in
            let outcome = try await devnet.account("a").tool.run(
                "node", "list", "--proxy", "socks5h://127.0.0.1:1", "--network", devnet.file, "--json")
            #expect(outcome.status == 3)
        }
    }
}

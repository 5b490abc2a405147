import Foundation
import Testing

@Suite struct UsageTests {
    @Test func helpIsOnStandardOutput() async throws {
        try await Tool.inTemporaryHome { tool in
            for arguments in [["--help"], ["-h"], ["help"], []] {
                let outcome = try await tool.run(arguments)
                #expect(outcome.status == 0)
                #expect(outcome.out.contains("sessionctl demo"))
                #expect(outcome.error.isEmpty)
            }
            let version = try await tool.run("--version")
            #expect(version.out.hasPrefix("sessionctl "))
        }
    }

    static let mistakes: [(arguments: [String], status: Int32, complaint: String)] = [
        (["no-such-command"], 64, "no-such-command"),
        (["recieve"], 64, "did you mean 'receive'?"),
        (["account", "crate"], 64, "did you mean 'create'?"),
        (["send"], 64, "to"),
        (["receive", "--interval", "0"], 64, "interval"),
        (["send", "05abc", "hi"], 6, "account"),
        (["plugins", "--storage", "clay"], 78, "clay"),
        (["plugins", "--path", "tunnel"], 78, "tunnel"),
        (["plugins", "--transport", "pigeon"], 78, "pigeon"),
        (["plugins", "--timeout", "soon"], 78, "soon"),
        (["ons", "resolve", "x", "--network", "atlantis"], 78, "atlantis"),
        (["ons", "resolve", "x", "--network", "/nowhere/devnet.json"], 66, "/nowhere/devnet.json"),
        (["demo", "--text", "@/nowhere/text"], 66, "/nowhere/text"),
        (["demo", "--text", ""], 65, "empty"),
        (["demo", "--text", String(repeating: "a", count: 2001)], 65, "2001"),
        (["account", "restore", "--phrase-file", "/nowhere/phrase"], 66, "/nowhere/phrase"),
        (["account", "create", "--storage", "memory"], 78, "memory"),
        (["receive"], 6, "no account"),
        (["history", "05"], 6, "account"),
    ]

    @Test(arguments: mistakes)
    func mistakesAreNamed(arguments: [String], status: Int32, complaint: String) async throws {
        try await Tool.inTemporaryHome { tool in
            let outcome = try await tool.run(arguments)
            #expect(outcome.status == status)
            #expect(outcome.out.isEmpty)
            #expect(outcome.error.contains(complaint), "\(outcome.error)")

            let asJSON = try await tool.run(arguments + ["--json"])
            #expect(asJSON.status == status)
            #expect(asJSON.out.isEmpty)
            #expect(try asJSON.failure["exit"] as? Int == Int(status))
            #expect(try (asJSON.failure["message"] as? String)?.isEmpty == false)
        }
    }

    @Test(arguments: [
        "05", "05zz\(String(repeating: "0", count: 62))", String(repeating: "0", count: 65),
        "04\(String(repeating: "0", count: 64))", "15\(String(repeating: "0", count: 64))",
    ])
    func recipientsAreChecked(recipient: String) async throws {
        try await Tool.inTemporaryHome { tool in
            #expect(try await tool.run("account", "create").status == 0)
            // What is too short for an ID is taken as a name; here there is no network to look it up in.
            let isMeantAsID = recipient.count >= 60
            let network = tool.home.appending(path: "none.json").path
            let outcome = try await tool.run("send", recipient, "hi", "--network", network)
            #expect(outcome.status == (isMeantAsID ? 65 : 66))
            #expect(outcome.out.isEmpty)
        }
    }

    @Test(arguments: [
        ["--storage", "sqlite", "--json", "plugins"], ["--json", "plugins", "--storage", "sqlite"],
        ["plugins", "--storage=sqlite", "--json"], ["--storage=sqlite", "--json", "plugins"],
    ])
    func optionsMayStandBeforeTheCommand(arguments: [String]) async throws {
        try await Tool.inTemporaryHome { tool in
            let plugins = try await tool.run(arguments).objects
            #expect(plugins.contains { $0["name"] as? String == "sqlite" && $0["in_use"] as? Bool == true })
        }
    }

    @Test func settingsSayWhereTheyComeFrom() async throws {
        try await Tool.inTemporaryHome { tool in
            func storage(_ tool: Tool, _ arguments: String...) async throws -> (String?, String?) {
                let outcome = try await tool.run(["plugins", "--json"] + arguments)
                let used = try outcome.objects.first {
                    $0["slot"] as? String == "storage" && $0["in_use"] as? Bool == true
                }
                return (used?["name"] as? String, used?["origin"] as? String)
            }
            #expect(try await storage(tool) == ("lmdb", "default"))
            let configuration = tool.home.appending(path: ".config/sessionctl")
            try FileManager.default.createDirectory(at: configuration, withIntermediateDirectories: true)
            try Data(#"{"storage": "sqlite"}"#.utf8).write(to: configuration.appending(path: "config.json"))
            #expect(try await storage(tool) == ("sqlite", "configuration file"))
            let inEnvironment = Tool(home: tool.home, environment: ["SESSIONCTL_STORAGE": "memory"])
            #expect(try await storage(inEnvironment) == ("memory", "environment"))
            #expect(try await storage(inEnvironment, "--storage", "lmdb") == ("lmdb", "option"))

            try Data("{".utf8).write(to: configuration.appending(path: "config.json"))
            #expect(try await tool.run("plugins").status == 78)
        }
    }

    @Test func relativeDirectoriesInTheEnvironmentAreIgnored() async throws {
        try await Tool.inTemporaryHome { tool in
            let relative = Tool(home: tool.home, environment: ["XDG_DATA_HOME": "relative"])
            let created = try await relative.run("account", "create")
            #expect(created.status == 0)
            let index = tool.home.appending(path: ".local/share/sessionctl/accounts.json")
            #expect(FileManager.default.fileExists(atPath: index.path))
        }
    }
}

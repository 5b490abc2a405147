import Foundation
import Testing

@Suite struct AccountTests {
    static let phrase = "amaze buffet cake entrance symptoms tiger lamb maze nestle python dusted faxed faxed"
    static let id = "05ca03b8e369aeeb69fd260c2957d37b232db17a60db7a39bca9f0c0a6be135c1a"

    @Test(arguments: ["lmdb", "sqlite"])
    func createsListsAndShows(storage: String) async throws {
        try await Tool.inTemporaryHome { tool in
            let created = try await tool.run("account", "create", "work", "--storage", storage, "--json")
            #expect(created.status == 0)
            #expect(created.error.isEmpty)
            let account = try #require(try created.objects.first)
            #expect(
                Set(account.keys)
                    == ["account_id", "created", "created_ms", "label", "recovery_phrase", "schema", "storage"])
            #expect((account["recovery_phrase"] as? String)?.split(separator: " ").count == 13)

            let listed = try await tool.run("account", "list", "--json")
            #expect(try listed.objects.first?["account_id"] as? String == account["account_id"] as? String)
            #expect(try listed.objects.first?["default"] as? Bool == true)
            #expect(!listed.out.contains("phrase"))

            let shown = try await tool.run("account", "show", "work")
            #expect(shown.status == 0)
            let id = try #require(account["account_id"] as? String)
            #expect(shown.out.contains(id))
        }
    }

    @Test func restoresFromStandardInputAndFromAFile() async throws {
        try await Tool.inTemporaryHome { tool in
            let restored = try await tool.run("account", "restore", "one", "--json", input: "  \(Self.phrase)\n")
            #expect(try restored.objects.first?["account_id"] as? String == Self.id)
        }
        try await Tool.inTemporaryHome { tool in
            let file = tool.home.appending(path: "phrase")
            try Data(Self.phrase.uppercased().utf8).write(to: file)
            let restored = try await tool.run("account", "restore", "--phrase-file", file.path, "--json")
            #expect(try restored.objects.first?["account_id"] as? String == Self.id)
            let again = try await tool.run("account", "restore", "--phrase-file", file.path, "--json")
            #expect(again.status == 65)
            #expect(try again.failure["code"] as? String == "account_exists")
        }
    }

    @Test(arguments: [
        ("amaze buffet cake entrance symptoms tiger lamb maze nestle python dusted faxed qqqq", "qqqq"),
        ("amaze buffet cake", "3 words"),
        ("amaze buffet cake entrance symptoms tiger lamb maze nestle python dusted faxed amaze", "checksum"),
    ])
    func refusesAWrongPhrase(phrase: String, complaint: String) async throws {
        try await Tool.inTemporaryHome { tool in
            let outcome = try await tool.run("account", "restore", input: phrase)
            #expect(outcome.status == 65)
            #expect(outcome.out.isEmpty)
            #expect(outcome.error.contains(complaint))
            let written = try files(in: tool.home)
            #expect(written.isEmpty, "something was written")
        }
    }

    @Test func filesAreForTheOwnerAlone() async throws {
        try await Tool.inTemporaryHome { tool in
            for storage in ["lmdb", "sqlite"] {
                #expect(try await tool.run("account", "create", storage, "--storage", storage).status == 0)
            }
            let everything = try files(in: tool.home)
            #expect(everything.count > 4)
            for file in everything {
                let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
                let isDirectory = try file.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true
                #expect(mode == (isDirectory ? 0o700 : 0o600), "\(file.path)")
            }
        }
    }

    @Test func labelsAreChecked() async throws {
        try await Tool.inTemporaryHome { tool in
            let cases: [(arguments: [String], status: Int32)] = [
                (["create", "work"], 0), (["create", "work"], 65), (["create", Self.id], 65),
                (["create", "a\u{7}b"], 65), (["create", ""], 65), (["show", "play"], 6), (["show", "work"], 0),
            ]
            for (arguments, status) in cases {
                let outcome = try await tool.run(["account"] + arguments)
                #expect(outcome.status == status, "\(arguments): \(outcome.error)")
            }
            let list = try await tool.run("account", "list")
            #expect(list.out.split(separator: "\n").count == 1)
        }
    }

    private func files(in home: URL) throws -> [URL] {
        let all = FileManager.default.enumerator(at: home, includingPropertiesForKeys: [.isDirectoryKey])
        return all?.compactMap { $0 as? URL } ?? []
    }
}

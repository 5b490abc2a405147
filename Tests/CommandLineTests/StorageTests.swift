import Foundation
import Testing

@Suite struct StorageTests {
    /// An account in `storage`, and its ID.
    private func account(_ tool: Tool, _ storage: String, _ options: String...) async throws -> String {
        let created = try await tool.run(["account", "create", "--storage", storage, "--json"] + options)
        try #require(created.status == 0, "\(created.error)")
        return try #require(try created.objects.first?["account_id"] as? String)
    }

    private func object(_ tool: Tool, _ arguments: String...) async throws -> [String: Any] {
        let outcome = try await tool.run(["storage"] + arguments + ["--json"])
        #expect(outcome.status == 0, "\(arguments): \(outcome.error)")
        return try #require(try outcome.objects.first)
    }

    private func file(_ tool: Tool, _ name: String, _ content: String) throws -> String {
        let file = tool.home.appending(path: name)
        try Data(content.utf8).write(to: file)
        return file.path
    }

    private func history(_ tool: Tool, _ id: String, _ options: String...) async throws -> Tool.Outcome {
        try await tool.run(["history", id] + options)
    }

    @Test(arguments: ["lmdb", "sqlite"])
    func infoAndVerify(storage: String) async throws {
        try await Tool.inTemporaryHome { tool in
            let id = try await account(tool, storage)
            let info = try await object(tool, "info")
            #expect(info["account_id"] as? String == id)
            #expect(info["storage"] as? String == storage)
            #expect(info["sealed"] as? Bool == false)
            #expect(info["format_version"] as? Int == 2)
            #expect((info["size"] as? Int ?? 0) > 0)
            let tables = try #require(info["tables"] as? [[String: Any]])
            #expect(tables.contains { $0["name"] as? String == "account" && $0["entries"] as? Int == 1 })
            let verified = try await object(tool, "verify")
            #expect(verified["entries"] as? Int == info["entries"] as? Int)
            #expect((verified["checksum"] as? String)?.count == 64)
        }
    }

    /// There and back again, with nothing lost and nothing left over.
    @Test func copiesToAnotherBackendAndBack() async throws {
        try await Tool.inTemporaryHome { tool in
            let id = try await account(tool, "lmdb")
            let before = try await object(tool, "verify")
            for storage in ["sqlite", "lmdb"] {
                let copied = try await object(tool, "copy", "--to", storage)
                #expect(copied["checksum"] as? String == before["checksum"] as? String)
                #expect(copied["entries"] as? Int == before["entries"] as? Int)
                let shown = try await tool.run("account", "show", "--json")
                #expect(try shown.objects.first?["storage"] as? String == storage)
                #expect(try await history(tool, id).status == 0)
            }
            #expect(try await object(tool, "verify")["checksum"] as? String == before["checksum"] as? String)
            let directory = tool.home.appending(path: ".local/share/sessionctl/accounts")
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).count == 1)
        }
    }

    @Test func copiesElsewhereOnce() async throws {
        try await Tool.inTemporaryHome { tool in
            _ = try await account(tool, "lmdb")
            let target = tool.home.appending(path: "backup").path
            let copied = try await object(tool, "copy", "--to", "sqlite:\(target)")
            #expect(copied["directory"] as? String == target)
            #expect(FileManager.default.fileExists(atPath: target + "/store.sqlite"))
            #expect(try await object(tool, "info")["storage"] as? String == "lmdb")
            let again = try await tool.run("storage", "copy", "--to", "sqlite:\(target)", "--json")
            #expect(again.status == 73)
            #expect(try again.failure["code"] as? String == "store_occupied")
        }
    }

    @Test func compactKeepsEverything() async throws {
        try await Tool.inTemporaryHome { tool in
            let id = try await account(tool, "lmdb")
            let before = try await object(tool, "verify")
            for _ in 1...2 {
                let compacted = try await object(tool, "compact")
                #expect(compacted["checksum"] as? String == before["checksum"] as? String)
                #expect(compacted["size"] as? Int == (try await object(tool, "info")["size"] as? Int))
            }
            #expect(try await history(tool, id).status == 0)
        }
    }

    /// Sealed, changed, moved while sealed, and opened for good.
    @Test(arguments: ["lmdb", "sqlite"])
    func passphrases(storage: String) async throws {
        try await Tool.inTemporaryHome { tool in
            let id = try await account(tool, storage)
            let (one, two) = (try file(tool, "one", "first words\n"), try file(tool, "two", "second words"))
            let before = try await object(tool, "verify")
            let sealed = try await object(tool, "passphrase", "--new-passphrase-file", one)
            #expect(sealed["sealed"] as? Bool == true)
            #expect(sealed["checksum"] as? String == before["checksum"] as? String)
            #expect(try await object(tool, "info")["sealed"] as? Bool == true)

            for (options, code) in [([], "store_sealed"), (["--passphrase-file", two], "store_wrong_key")] {
                let refused = try await tool.run(["history", id, "--json"] + options)
                #expect(refused.status == 7)
                #expect(try refused.failure["code"] as? String == code)
            }
            #expect(try await history(tool, id, "--passphrase-file", one).status == 0)
            let environment = Tool(home: tool.home, environment: ["SESSIONCTL_PASSPHRASE_FILE": one])
            #expect(try await history(environment, id).status == 0)

            let changed = try await object(
                tool, "passphrase", "--passphrase-file", one, "--new-passphrase-file", two)
            #expect(changed["checksum"] as? String == before["checksum"] as? String)
            #expect(try await history(tool, id, "--passphrase-file", one).status == 7)
            let moved = try await object(tool, "copy", "--to", storage == "lmdb" ? "sqlite" : "lmdb")
            #expect(moved["sealed"] as? Bool == true)
            #expect(
                try await object(tool, "verify", "--passphrase-file", two)["checksum"] as? String
                    == before["checksum"] as? String)
            let opened = try await object(tool, "passphrase", "--remove", "--passphrase-file", two)
            #expect(opened["sealed"] as? Bool == false)
            #expect(try await history(tool, id).status == 0)
        }
    }

    @Test func anAccountMayBeSealedFromTheStart() async throws {
        try await Tool.inTemporaryHome { tool in
            let key = try file(tool, "key", String(repeating: "k", count: 64))
            let id = try await account(tool, "sqlite", "--key-file", key)
            #expect(try await object(tool, "info")["sealed"] as? Bool == true)
            #expect(try await history(tool, id, "--key-file", key).status == 0)
            #expect(try await history(tool, id).status == 7)
        }
    }

    @Test(arguments: ["lmdb", "sqlite"])
    func damageIsSaid(storage: String) async throws {
        try await Tool.inTemporaryHome { tool in
            let id = try await account(tool, storage)
            let name = storage == "lmdb" ? "lmdb/data.mdb" : "store.sqlite"
            let file = tool.home.appending(path: ".local/share/sessionctl/accounts/\(id)/\(name)")
            var content = try Data(contentsOf: file)
            for offset in stride(from: 8192, to: content.count, by: 512) { content[offset] ^= 0xff }
            try content.write(to: file)
            for command in ["info", "verify"] {
                let outcome = try await tool.run("storage", command, "--json")
                #expect(outcome.status == 65)
                #expect(try outcome.failure["code"] as? String == "store_corrupted")
            }
        }
    }

    @Test(
        arguments: [
            (["copy"], 64), (["copy", "--to", "clay"], 78), (["copy", "--to", "memory"], 78),
            (["copy", "--to", "lmdb"], 78),
            (["copy", "--to", "sqlite:"], 64), (["passphrase", "--remove", "--new-key-file", "x"], 64),
            (["passphrase"], 64), (["passphrase", "--remove"], 7),
            (["passphrase", "--new-key-file", "/nowhere/key"], 66),
            (["info", "--account", "nobody"], 6),
        ] as [([String], Int32)])
    func mistakes(arguments: [String], status: Int32) async throws {
        try await Tool.inTemporaryHome { tool in
            _ = try await account(tool, "lmdb")
            let outcome = try await tool.run(["storage"] + arguments)
            #expect(outcome.status == status, "\(outcome.error)")
            #expect(outcome.out.isEmpty)
            // Whatever went wrong, the account is what it was.
            #expect(try await tool.run("storage", "verify").status == 0)
        }
    }
}

import Foundation
import Testing

@Suite(.serialized) struct DemoTests {
    static let text = "héllo\n𝄞 world"

    static let combinations: [(storage: String, path: String)] = [
        ("sqlite", "onion"), ("lmdb", "onion"), ("memory", "onion"), ("lmdb", "direct"),
    ]

    @Test(arguments: combinations)
    func deliversToTheByte(storage: String, path: String) async throws {
        try await Tool.inTemporaryHome { tool in
            let outcome = try await tool.run(
                "demo", "--text", "-", "--storage", storage, "--path", path, "--json", input: Self.text)
            #expect(outcome.status == 0)
            #expect(outcome.error.isEmpty)
            let report = try #require(try outcome.objects.first)
            for key in ["sent", "received", "restored"] { #expect(report[key] as? String == Self.text, "\(key)") }
            #expect(report["sender"] as? String == report["verified_sender"] as? String)
            #expect((report["name"] as? [String: Any])?["account_id"] as? String == report["recipient"] as? String)
            try checkPath(report["path"] as? [[String: Any]] ?? [], isOnion: path == "onion", report)
            #expect(try FileManager.default.contentsOfDirectory(atPath: tool.home.path).isEmpty, "something is left")
        }
    }

    /// No node may see both the client and where the message ends.
    private func checkPath(_ path: [[String: Any]], isOnion: Bool, _ report: [String: Any]) throws {
        #expect(
            path.map { $0["role"] as? String }
                == (isOnion ? ["guard", "relay", "relay", "destination"] : ["destination"]))
        guard isOnion else { return }
        let nodes = path.compactMap { $0["node"] as? String }
        #expect(Set(nodes).count == 4)
        for (position, hop) in path.enumerated() {
            let previous = try #require(hop["previous"] as? String)
            let next = try #require(hop["next"] as? String)
            #expect(position == 0 ? previous.hasPrefix("127.0.0.1") : previous == nodes[position - 1])
            if position < 3 { #expect(next == nodes[position + 1]) }
        }
        let sizes = path.compactMap { $0["bytes"] as? Int }
        #expect(sizes == sizes.sorted(by: >), "every hop takes a layer off")
    }

    @Test func tellsAStory() async throws {
        try await Tool.inTemporaryHome { tool in
            let file = tool.home.appending(path: "text")
            try Data("from a file".utf8).write(to: file)
            let outcome = try await tool.run("demo", "--text", "@\(file.path)")
            #expect(outcome.status == 0)
            for part in ["9 service nodes", "from a file", "guard", "13 words", "nothing is left behind"] {
                #expect(outcome.out.contains(part), "the story lacks '\(part)'")
            }
        }
    }

    @Test func hidesControlCharactersFromTheTerminal() async throws {
        try await Tool.inTemporaryHome { tool in
            let outcome = try await tool.run("demo", "--text", "-", input: "a\u{1b}[2Jb")
            #expect(outcome.status == 0)
            #expect(!outcome.out.contains("\u{1b}"))
            #expect(outcome.out.contains("a\\u{1b}[2Jb"))
        }
    }
}

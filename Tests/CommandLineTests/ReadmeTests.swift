import Foundation
import SessionControl
import Testing

/// What the README says of the tool is so: its examples run, its commands and options exist, its exit codes are these.
@Suite(.serialized) struct ReadmeTests {
    private static let text: String = {
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return (try? String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)) ?? ""
    }()

    /// The first cells of the table rows that follow `header`.
    private func rows(after header: String) throws -> [String] {
        let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasPrefix(header) })
        return lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map { line in
            // A bar inside a command is escaped.
            line.replacing("\\|", with: "\u{1}").split(separator: "|")[0].replacing("\u{1}", with: "|")
                .trimmingCharacters(in: .whitespaces)
        }
    }

    @Test func examplesRun() async throws {
        let block = try #require(Self.text.firstMatch(of: /```sh\n(sessionctl account create[\s\S]*?)```/)).1
        try await Devnet.running { devnet in
            let friend = try await devnet.account("friend")
            try await Tool.inTemporaryHome { tool in
                let script = "set -euo pipefail\nsessionctl() { '\(Tool.executable.path)' \"$@\"; }\n\(block)"
                let environment = ["FRIEND": friend.id, "SESSIONCTL_NETWORK": devnet.file]
                let outcome = try await Tool(home: tool.home, environment: environment).shell(script)
                #expect(outcome.status == 0, "\(outcome.error)")
                #expect(outcome.out.contains("recovery phrase: "))
            }
            let received = try await friend.tool.run("receive", "--network", devnet.file, "--json")
            #expect(try received.objects.count == 2)
        }
    }

    @Test func commandsExist() async throws {
        try await Tool.inTemporaryHome { tool in
            let commands = try rows(after: "| command |")
            #expect(commands.count > 5)
            for command in commands.flatMap({ $0.split(separator: "`, `") }) {
                let words = command.replacing("`", with: "").split(separator: " ").map(String.init)
                let path = words.prefix { $0.allSatisfy(\.isLowercase) }
                let help = try await tool.run(["help"] + path)
                #expect(help.status == 0)
                #expect(help.out.contains("USAGE: sessionctl \(path.joined(separator: " "))"), "\(command)")
                for option in command.matches(of: /--[a-z-]+/) {
                    #expect(help.out.contains(option.0), "\(command): no \(option.0)")
                }
            }
        }
    }

    @Test func optionsOfEveryCommandExist() async throws {
        let sentence = try #require(Self.text.firstMatch(of: /Options of every command: (.*?)\./)).1
        try await Tool.inTemporaryHome { tool in
            let help = try await tool.run("help", "send")
            for option in sentence.matches(of: /--[a-z-]+/) {
                #expect(help.out.contains(option.0), "no \(option.0)")
            }
        }
    }

    @Test func exitCodesAreComplete() throws {
        let codes = try rows(after: "| exit code |").flatMap { row in
            row.split(separator: ",").compactMap { Int32($0.trimmingCharacters(in: .whitespaces)) }
        }
        #expect(Set(codes) == Set(ExitStatus.allCases.map(\.rawValue)))
    }
}

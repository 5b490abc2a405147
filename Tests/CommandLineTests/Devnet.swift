import Foundation
import Testing

/// `sessionctl devnet run` in a process of its own.
struct Devnet: Sendable {
    /// The path of its `devnet.json`.
    let file: String
    private let home: URL

    static func running<R>(_ arguments: [String] = [], _ body: (Devnet) async throws -> R) async throws -> R {
        try await Tool.inTemporaryHome { tool in
            let process = try tool.start(["devnet", "run", "--json"] + arguments)
            guard try await process.waits(until: { $0.contains("\n") }) else {
                process.signal(SIGKILL)
                throw Failure(description: "the devnet did not start: \(await process.outcome().error)")
            }
            let report = try Tool.object(String(process.out.prefix { $0 != "\n" }))
            let devnet = Devnet(file: report["file"] as? String ?? "", home: tool.home)
            do {
                let result = try await body(devnet)
                process.signal(SIGTERM)
                #expect(await process.outcome().status == 143)
                return result
            } catch {
                process.signal(SIGKILL)
                _ = await process.outcome()
                throw error
            }
        }
    }

    /// A new account with a home directory of its own.
    func account(_ name: String) async throws -> Account {
        let tool = Tool(home: home.appending(path: name))
        try FileManager.default.createDirectory(at: tool.home, withIntermediateDirectories: true)
        let report = try #require(try await tool.run("account", "create", "--json").objects.first)
        return Account(
            tool: tool, id: report["account_id"] as? String ?? "", phrase: report["recovery_phrase"] as? String ?? "",
            network: file)
    }

    struct Account: Sendable {
        let tool: Tool
        let id: String
        let phrase: String
        fileprivate let network: String

        func send(_ text: String, to recipient: String) async throws -> Tool.Outcome {
            try await tool.run("send", recipient, text, "--network", network, "--json")
        }

        func follow() throws -> Running {
            try tool.start(["receive", "--follow", "--interval", "0.2", "--network", network, "--json"])
        }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}

import Foundation
import Testing

/// Processes that talk to each other through a devnet in another process.
@Suite(.serialized) struct ConversationTests {
    @Test func twoProcessesTalk() async throws {
        try await Devnet.running { devnet in
            let writer = try await devnet.account("a")
            let reader = try await devnet.account("b")
            let follower = try reader.follow()
            let sent = try await writer.tool.run(
                "send", reader.id, "-", "--network", devnet.file, "--json", input: "héllo\n𝄞 world")
            #expect(sent.status == 0, "\(sent.error)")
            #expect(try await follower.waits { $0.contains("\n") })
            let answer = try await writer.send("to an ID with capitals", to: reader.id.uppercased())
            #expect(answer.status == 0)
            #expect(try await follower.waits { $0.split(separator: "\n").count == 2 })
            follower.signal(SIGTERM)
            let outcome = await follower.outcome()
            #expect(outcome.status == 143)
            let messages = try outcome.objects
            #expect(messages.map { $0["text"] as? String } == ["héllo\n𝄞 world", "to an ID with capitals"])
            #expect(messages.allSatisfy { $0["from"] as? String == writer.id })

            let history = try await reader.tool.run("history", writer.id, "--network", devnet.file, "--json")
            #expect(try history.objects.count == 2)
            #expect(try await reader.tool.run("receive", "--network", devnet.file).out.isEmpty, "shown twice")
        }
    }

    @Test func namesStandForAccounts() async throws {
        try await Tool.inTemporaryHome { tool in
            let reader = try await tool.run("account", "create", "--json")
            let id = try #require(try reader.objects.first?["account_id"] as? String)
            try await Devnet.running(["--register", "mailbox=\(id)"]) { devnet in
                let resolved = try await tool.run("ons", "resolve", "MailBox", "--network", devnet.file, "--json")
                #expect(try resolved.objects.first?["account_id"] as? String == id)
                let unknown = try await tool.run("ons", "resolve", "nobody", "--network", devnet.file, "--json")
                #expect(unknown.status == 6)
                #expect(try unknown.failure["code"] as? String == "name_not_found")
                let invalid = try await tool.run("ons", "resolve", "-bad-", "--network", devnet.file)
                #expect(invalid.status == 65 || invalid.status == 64)
                let writer = try await devnet.account("a")
                #expect(try await writer.send("by name", to: "mailbox").status == 0)
                let received = try await tool.run("receive", "--network", devnet.file, "--json")
                #expect(try received.objects.first?["text"] as? String == "by name")
            }
        }
    }

    @Test func aLockedAccountIsSaidToBeBusyAtOnce() async throws {
        try await Devnet.running { devnet in
            let account = try await devnet.account("a")
            let follower = try account.follow()
            #expect(try await follower.waitsForError { $0.contains("following") })
            let start = ContinuousClock.now
            let outcome = try await account.tool.run("send", account.id, "hi", "--network", devnet.file, "--json")
            #expect(outcome.status == 75)
            #expect(try outcome.failure["retryable"] as? Bool == true)
            #expect(ContinuousClock.now - start < .seconds(20), "it waited")
            follower.signal(SIGINT)
            #expect(await follower.outcome().status == 130)
            #expect(try await account.send("hi", to: account.id).status == 0)
        }
    }

    /// The sender dies at fifty random moments; the same command again finishes what it began. With a key, this holds
    /// even if it had finished already.
    @Test func killedSendersNeitherLoseNorRepeat() async throws {
        try await Devnet.running { devnet in
            let writer = try await devnet.account("a")
            let reader = try await devnet.account("b")
            let follower = try reader.follow()
            var expected: [String: ClosedRange<Int>] = [:]
            for number in 0..<50 {
                let text = "message \(number)"
                let hasKey = number.isMultiple(of: 2)
                let command = ["send", reader.id, text, "--network", devnet.file] + (hasKey ? ["--id", text] : [])
                let sender = try writer.tool.start(command)
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...350)))
                sender.signal(SIGKILL)
                let first = await sender.outcome()
                let again = try await writer.tool.run(command)
                #expect(again.status == 0, "\(again.error)")
                // Without a key, a command that had said that it was done is another message.
                expected[text] = hasKey || first.out.isEmpty ? 1...1 : first.status == 0 ? 2...2 : 1...2
            }
            let history = try await writer.tool.run(
                "history", reader.id, "--network", devnet.file, "--json", "--limit", "1000")
            let sent = try history.objects
            #expect(sent.allSatisfy { $0["delivery"] as? String == "stored" })
            _ = try await follower.waits { $0.split(separator: "\n").count >= sent.count }
            follower.signal(SIGTERM)
            let texts = try await follower.outcome().objects.compactMap { $0["text"] as? String }
            #expect(texts.count == sent.count)
            for (text, count) in expected {
                #expect(count.contains(texts.count { $0 == text }), "\(text)")
            }
        }
    }

    @Test func aDevnetRemembersAcrossRuns() async throws {
        try await Tool.inTemporaryHome { home in
            let data = home.home.appending(path: "network").path
            let writer = try await Devnet.running(["--data-dir", data]) { devnet in
                let writer = try await devnet.account("a")
                #expect(try await writer.send("still there", to: writer.id).status == 0)
                let words = try await writer.tool.run("account", "list", "--json")
                #expect(words.status == 0)
                return (id: writer.id, phrase: writer.phrase)
            }
            try await Devnet.running(["--data-dir", data]) { devnet in
                try await Tool.inTemporaryHome { tool in
                    #expect(try await tool.run("account", "restore", input: writer.phrase).status == 0)
                    #expect(try await tool.run("receive", "--network", devnet.file).status == 0)
                    let history = try await tool.run("history", writer.id, "--network", devnet.file, "--json")
                    #expect(try history.objects.first?["text"] as? String == "still there")
                }
            }
        }
    }
}

import ArgumentParser
import SessionInterfaces
import SessionMessenger

struct ReceiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive", abstract: "Fetch messages and print the new ones.",
        discussion: "Each message is printed once, even across runs; it is crossed off after it was printed.")

    @OptionGroup var options: GlobalOptions
    @Flag(help: "Keep going until interrupted.")
    var follow = false
    @Option(help: ArgumentHelp("Seconds between polls with --follow.", valueName: "seconds"))
    var interval = 5.0

    func validate() throws {
        guard interval >= 0.1, interval <= 3600 else {
            throw ValidationError("--interval is between 0.1 and 3600 seconds.")
        }
    }

    func run() async throws {
        let place = try await Workplace(options)
        try await place.withMessenger(isShortLived: !follow) { messenger, _ in
            if follow {
                try await self.follow(messenger, place)
            } else {
                try await within(place.settings.timeout.value) {
                    try await place.console.progress("fetching…") { try await poll(messenger, place.console) }
                }
            }
        }
    }

    /// Polls for ever. A network failure is said once and tried again; the pauses grow while it lasts.
    private func follow(_ messenger: Messenger, _ place: Workplace) async throws {
        var failures = 0
        place.console.note("following; interrupt to stop")
        while true {
            do {
                try await within(place.settings.timeout.value) { try await poll(messenger, place.console) }
                failures = 0
            } catch  where ErrorReport(error).status.isRetryable {
                failures += 1
                if failures == 1 { place.console.note("sessionctl: \(ErrorReport(error).message); trying again") }
            }
            try await Task.sleep(for: .seconds(interval * Double(min(1 + failures, 6))))
        }
    }

    private func poll(_ messenger: Messenger, _ console: Console) async throws {
        try await show(messenger, console)
        let report = try await messenger.poll()
        for (reason, count) in report.dropped {
            console.note("dropped \(count) message\(count == 1 ? "" : "s"): \(reason.code)")
        }
        console.detail("path: \(report.path.map(\.ed25519Key.hex).joined(separator: " → "))")
        try await show(messenger, console)
    }

    /// Prints what waits, crossing each message off after it was printed.
    private func show(_ messenger: Messenger, _ console: Console) async throws {
        while true {
            let arrivals = try await messenger.arrivals()
            guard !arrivals.isEmpty else { return }
            for arrival in arrivals {
                try console.print(MessageReport(arrival.message, account: messenger.accountID))
                try await messenger.acknowledge([arrival])
            }
        }
    }
}

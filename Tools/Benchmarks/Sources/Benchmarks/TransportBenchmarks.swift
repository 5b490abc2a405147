import CCurl
import Dispatch
import Glibc
import HTTPTypes
import SessionInterfaces
import SessionSwarm
import SessionTransport

/// The transport beside bare libcurl, against the same node in the same run; what connections cost; what is left over.
enum TransportBenchmarks {
    static func run() async throws {
        try await NetworkFixture.run("memory") { fixture in
            let port = fixture.nodes[0].httpsPort
            NetworkBenchmarks.say(
                "\n| request to a node, one after the other | µs | bare `curl_easy_perform` µs | ratio |\n|---|---|---|---|"
            )
            let get = TransportRequest(
                HTTPRequest(method: .get, scheme: "https", authority: "127.0.0.1:\(port)", path: "/get_stats/v1"),
                trust: .none)
            try await compare("GET, 20 bytes back", get, over: fixture.transport)
            let info = try StorageRequest(method: "info").document()
            try await compare("POST info", NetworkFixture.request(info, to: port), over: fixture.transport)
            let large = NetworkFixture.request(info + [UInt8](repeating: 0x20, count: 64 << 10), to: port)
            try await compare("POST of 64 KiB", large, over: fixture.transport)

            try await IdleConnections.measure(at: port, count: 500)
            try await measureDescriptors(at: port)
        }
    }

    // MARK: - Bare libcurl

    /// Both sides in turn, so that a busy machine hits them alike; the best round of each counts.
    private static func compare(
        _ name: String, _ request: TransportRequest, over transport: CurlTransport
    ) async throws {
        let bare = try BareRequest(request)
        let (clock, repetitions) = (ContinuousClock(), 200)
        var (best, bestBare) = (Duration.seconds(1000), Duration.seconds(1000))
        for _ in 0..<12 {
            let time = try await clock.measure {
                for _ in 0..<repetitions { _ = try await transport.send(request) }
            }
            best = min(best, time / repetitions)
            // On a thread that may block: the node needs those of Swift's tasks.
            let bareTime = await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(returning: clock.measure { bare.perform(times: repetitions) })
                }
            }
            bestBare = min(bestBare, bareTime / repetitions)
        }
        NetworkBenchmarks.say(
            "| \(name) | \(Figures.microseconds(best)) | \(Figures.microseconds(bestBare)) "
                + "| \(Figures.rounded(best / bestBare)) |")
    }

    /// One handle with its kept connection.
    ///
    /// `@unchecked Sendable` holds because `compare` waits for each use before the next.
    private final class BareRequest: @unchecked Sendable {
        private let easy: UnsafeMutableRawPointer

        init(_ request: TransportRequest) throws {
            guard let easy = curl_easy_init() else { throw NetworkFixture.Unexpected(answer: "no handle of libcurl") }
            self.easy = easy
            let head = request.head
            let url = "https://\(head.authority ?? "")\(head.path ?? "")"
            _ = ccurl_set_string(easy, CURLOPT_URL, url)
            _ = ccurl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 0)
            _ = ccurl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 0)
            _ = ccurl_set_receive(easy, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
            guard head.method == .post else { return }
            _ = ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
            _ = request.body.withUnsafeBytes {
                ccurl_set_string(easy, CURLOPT_COPYPOSTFIELDS, $0.baseAddress?.assumingMemoryBound(to: CChar.self))
            }
        }

        deinit { curl_easy_cleanup(easy) }

        func perform(times: Int) {
            for _ in 0..<times {
                let code = curl_easy_perform(easy)
                precondition(code == CURLE_OK, "bare libcurl fails")
            }
        }
    }

    // MARK: - Descriptors

    /// 10,000 requests, of which three in ten fail, each in its way.
    private static func measureDescriptors(at port: UInt16) async throws {
        let info = NetworkFixture.request(try StorageRequest(method: "info").document(), to: port)
        var refused = info
        refused.head.authority = "127.0.0.1:1"
        var oversized = info
        oversized.maximumResponseSize = 4
        let (plain, nowhere, tooLarge) = (info, refused, oversized)
        let before = ProcessFigures.descriptors
        let transport = try CurlTransport()
        let load = try await NetworkLoad.run(10_000, inFlight: 64) { number, _ in
            switch number % 10 {
            case 0: _ = try? await transport.send(nowhere)
            case 1: _ = try? await transport.send(tooLarge)
            case 2:
                let task = Task { try await transport.send(plain) }
                if number % 20 == 2 { await Task.yield() }
                task.cancel()
                _ = try? await task.value
            default: _ = try await transport.send(plain)
            }
        }
        let used = ProcessFigures.descriptors
        await transport.shutdown()
        // The node closes its side when it hears of it.
        try await Task.sleep(for: .milliseconds(300))
        NetworkBenchmarks.say(
            """

            10,000 requests, 64 in flight, of which 1,000 were refused, 1,000 were answered at too great length and 1,000 \
            were cancelled: \(Int(load.rate)) a second. Descriptors of client and nodes before: \(before), with kept \
            connections: \(used), after shutdown: \(ProcessFigures.descriptors).
            """)
    }
}

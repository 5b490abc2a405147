import HTTPTypes
import SessionCrypto
import SessionInterfaces
import SessionSwarm
import SessionTransport
import Testing

@testable import SessionDevnet

/// Sends what a file's clients sent to a devnet, one after the other, and compares the answers.
struct PeerReplay {
    let file: PeerFile
    let stage: PeerStage
    private let plan: PeerPlan

    init(_ file: PeerFile, on stage: PeerStage) {
        self.file = file
        self.stage = stage
        let exchanges = file.transcripts.enumerated().flatMap { Self.exchanges($0, $1, file) }
        plan = PeerPlan(exchanges, clocks: file.transcripts.map { $0["request"]?["client_clock_ms"]?.integer })
    }

    /// Replays every transcript; one that is not understood fails.
    func run() async {
        for (index, transcript) in file.transcripts.enumerated() {
            let place = "\(file.kind).\(transcript["id"]?.string ?? String(index))"
            do {
                if let clock = Self.clock(of: transcript) { stage.setClock(clock) }
                try await PeerScene(transcript, stage).set()
                for planting in plan.plantings[index] ?? [] {
                    try await stage.plant(planting.message, for: planting.account, planting.namespace)
                }
                for (hash, account) in plan.removals[index] ?? [] { try await stage.remove(hash, of: account) }
                let differences = try await replay(transcript)
                #expect(differences.isEmpty, "\(place): \(differences.prefix(6).joined(separator: "; "))")
            } catch {
                Issue.record("\(place): \(error)")
            }
        }
    }

    private func replay(_ transcript: JSONValue) async throws -> [String] {
        let request = transcript["request"] ?? .null
        let response = transcript["response"] ?? .null
        if request["command"] != nil || response["pushes"] != nil {
            return try await PeerMessaging.replay(transcript, stage)
        }
        if request["path"] != nil || request["control"] != nil || request["transport"] != nil {
            return try await PeerOnion(file: file, stage: stage).replay(transcript)
        }
        guard let http = request["http"]?.string, let status = response["status"]?.integer, status > 0,
            response["count"] == nil, response["accepted"] == nil
        else { return try await PeerEvent(file: file, stage: stage).replay(transcript) }
        let text = response["body"]?.string ?? ""
        if http.hasSuffix("/onion_req/v2"), text.hasPrefix("Next node not found") {
            return try await PeerOnion(file: file, stage: stage).replay(transcript)
        }
        let (body, isOwn) = try Self.body(request, response, file)
        let moved = text.contains("not in any swarm") ? PeerScene(transcript, stage).lastMoved : nil
        let answer = try await stage.send(
            http, request["headers"]?.object ?? [:], body, to: request["to"]?.string ?? moved)
        return Self.differences(response, answer, isOwnRequest: isOwn)
    }

    /// Where an answer over HTTP differs from the recorded one.
    static func differences(_ response: JSONValue, _ answer: PeerStage.Answer, isOwnRequest: Bool) -> [String] {
        var found: [String] = []
        if Int64(answer.status) != response["status"]?.integer {
            found.append(
                "the status is \(answer.status), the body \(String(decoding: answer.body.prefix(200), as: UTF8.self))")
        }
        for (name, value) in response["headers"]?.object ?? [:] where !["Date", "Content-Length"].contains(name) {
            let given = HTTPField.Name(name).flatMap { answer.headers[$0] }
            if given != value.string { found.append("the header \(name) is \(given ?? "missing")") }
        }
        if let expected = response["body_json"] {
            guard let actual = JSONValue(decoding: answer.body) else { return found + ["the body is no JSON"] }
            found += PeerComparison(isOwnRequest: isOwnRequest).differences(expected, actual)
            let length = response["body_bytes_len"]?.integer
            if found.isEmpty, let length, length != answer.body.count, expected["result"]?["service_node_states"] == nil
            {
                found.append("the body has \(answer.body.count) bytes, not \(length)")
            }
        } else if let text = response["body"]?.string, text != String(decoding: answer.body, as: UTF8.self) {
            found.append("the body is \(String(decoding: answer.body.prefix(200), as: UTF8.self))")
        }
        return found
    }

    /// The body of a request, and whether it differs from the recorded one.
    static func body(
        _ request: JSONValue, _ response: JSONValue, _ file: PeerFile
    ) throws -> (body: [UInt8], isOwn: Bool) {
        if let text = request["body_text"]?.string { return (Array(text.utf8), false) }
        if let prefix = request["body_prefix"]?.string, let length = request["body_bytes_len"]?.integer {
            let hash = response["body_json"]?["hash"]?.string
            let completed = PeerBody(prefix: prefix, length: Int(length), file: file).completed { document in
                hash == nil || PeerExchange.list(0, document, status: 200, body: .null).first?.storedHash?.text == hash
            }
            let body = try #require(completed, "the rest of the body is not understood")
            return (body, prefix.contains("revoke"))
        }
        if let method = request["method"]?.string, request["http"]?.string?.hasSuffix("/storage_rpc/v1") ?? false {
            return (JSONValue.object(["method": .string(method), "params": [:]]).encoded(), true)
        }
        return ([], false)
    }

    private static func exchanges(_ index: Int, _ transcript: JSONValue, _ file: PeerFile) -> [PeerExchange] {
        let response = transcript["response"] ?? .null
        let request = transcript["request"] ?? .null
        if let payload = request["inner_payload"]?.string, let document = JSONValue(decoding: Array(payload.utf8)) {
            let answer = response["decrypted_json"]
            let body = answer?["body"]?.string.flatMap { JSONValue(decoding: Array($0.utf8)) } ?? answer?["body"]
            let beginning = PeerOnion.beginning(response)
            return PeerExchange.list(
                index, document, status: answer?["status"]?.integer ?? (beginning == .null ? 0 : 200),
                body: body ?? beginning)
        }
        if let command = request["command"]?.string {
            return PeerMessaging.exchange(index, command, request, response).map { [$0] } ?? []
        }
        guard let (body, _) = try? body(request, response, file), let document = JSONValue(decoding: body) else {
            return []
        }
        return PeerExchange.list(
            index, document, status: response["status"]?.integer ?? 0, body: response["body_json"] ?? .null)
    }

    /// The node's clock: what the answer says, else the client's.
    private static func clock(of transcript: JSONValue) -> Int64? {
        let response = transcript["response"]
        let inner = response?["decrypted_json"]?["body"]
        let body = response?["body_json"] ?? inner?.string.flatMap { JSONValue(decoding: Array($0.utf8)) } ?? inner
        return body?["t"]?.integer ?? body?["results"]?.array?.last?["body"]?["t"]?.integer
            ?? transcript["request"]?["client_clock_ms"]?.integer
    }
}

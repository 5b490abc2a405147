import SessionCrypto
import SessionInterfaces
import SessionOnionPath
import SessionSwarm
import Testing

@testable import SessionDevnet

/// Replays onion requests: the recorded bytes, or the same request built again where a file has only its content.
struct PeerOnion {
    let file: PeerFile
    let stage: PeerStage

    private static let info = Array(#"{"method":"info","params":{}}"#.utf8)

    /// A request on its way: the body for the guard, and what reads the answer.
    private struct Request {
        let body: [UInt8]
        /// Of the hop that answers: the client's key for it, and its own.
        let client: X25519KeyPair
        let answerer: X25519PublicKey
        let encryption: HopEncryption
    }

    func replay(_ transcript: JSONValue) async throws -> [String] {
        let response = transcript["response"] ?? .null
        let request = transcript["request"] ?? .null
        let built = try self.request(transcript)
        let guardIP = request["to"]?.string ?? path(transcript).first
        let answer = try await stage.send(
            request["http"]?.string ?? "POST \(OnionEntry.requestPath)", [:], built.body, to: guardIP)
        if response["status"]?.integer == nil || Self.isSealed(response) {
            return try differences(response, answer, built)
        }
        return PeerReplay.differences(response, answer, isOwnRequest: false)
    }

    /// The decrypted answer to a request that is built here.
    func answer(_ transcript: JSONValue) async throws -> JSONValue {
        let built = try request(transcript)
        let answer = try await stage.send(
            "POST \(OnionEntry.requestPath)", [:], built.body, to: path(transcript).first)
        let sealed = try #require(Base64.decode(String(decoding: answer.body, as: UTF8.self)), "no base64")
        let opened = try built.encryption.open(sealed, from: built.answerer, to: built.client)
        return JSONValue(decoding: opened) ?? .null
    }

    private static func isSealed(_ response: JSONValue) -> Bool {
        ["decrypted_json", "decrypted_json_prefix", "decrypted_text", "decrypted_with_last_relay_layer"]
            .contains { response[$0] != nil }
    }

    private func differences(_ response: JSONValue, _ answer: PeerStage.Answer, _ request: Request) throws -> [String] {
        guard answer.status == 200 else { return ["the status is \(answer.status)"] }
        guard answer.headers[.contentType] == "text/plain" else { return ["the content type is wrong"] }
        let sealed =
            response["body_hex"] == nil
            ? try #require(Base64.decode(String(decoding: answer.body, as: UTF8.self)), "no base64") : answer.body
        let opened = try request.encryption.open(sealed, from: request.answerer, to: request.client)
        let actual = try #require(JSONValue(decoding: opened), "the decrypted answer is no JSON")
        if response["decrypted_json_prefix"] != nil { return Self.beginningDifferences(response, actual) }
        let text = response["decrypted_text"] ?? response["decrypted_with_last_relay_layer"]
        let expected = response["decrypted_json"] ?? text?.string.flatMap { JSONValue(decoding: Array($0.utf8)) }
        return PeerComparison().differences(Self.unfolded(expected ?? .null), Self.unfolded(actual))
    }

    /// With the body, which is JSON in a text, as a value.
    private static func unfolded(_ value: JSONValue) -> JSONValue {
        guard case .object(var members) = value, let text = members["body"]?.string,
            let body = JSONValue(decoding: Array(text.utf8))
        else { return value }
        members["body"] = body
        return .object(members)
    }
}

/// Answers of which only the beginning is known.
extension PeerOnion {
    /// The messages at the beginning of an answer.
    static func beginning(_ response: JSONValue) -> JSONValue {
        guard let text = response["decrypted_json_prefix"]?.string else { return .null }
        let plain = text.split(separator: "\\\"", omittingEmptySubsequences: false).joined(separator: "\"")
        guard let start = plain.firstRange(of: "\"messages\":[")?.upperBound else { return .null }
        let messages = plain[start...].split(separator: "},").compactMap { JSONValue(decoding: Array(($0 + "}").utf8)) }
        return ["messages": .array(messages), "more": false]
    }

    private static func beginningDifferences(_ response: JSONValue, _ actual: JSONValue) -> [String] {
        guard actual["status"] == 200 else { return ["the inner status is not 200"] }
        let body = unfolded(actual)["body"] ?? .null
        if let results = body["results"]?.array {
            let areRight = results.allSatisfy { $0["code"] == 200 && $0["body"]?["swarm"]?.object?.count == 3 }
            return areRight ? [] : ["the results differ"]
        }
        guard case .array(let expected) = beginning(response)["messages"], !expected.isEmpty else {
            return ["the beginning of the answer is not understood"]
        }
        let given = Array((body["messages"]?.array ?? []).prefix(expected.count))
        return PeerComparison().differences(.array(expected), .array(given), at: ".messages")
    }
}

/// Building requests.
extension PeerOnion {
    private func path(_ transcript: JSONValue) -> [String] {
        if let path = transcript["request"]?["path"]?.array { return path.compactMap(\.string) }
        if let hex = transcript["response"]?["body"]?.string?.split(separator: " ").last,
            let node = file.nodes.first(where: { $0.keys.publicKey.hex == hex })
        {
            return [file.nodes[0].ip, node.ip]
        }
        return file.nodes.prefix(3).map(\.ip)
    }

    private func request(_ transcript: JSONValue) throws -> Request {
        let request = transcript["request"] ?? .null
        let nodes = try path(transcript).map { ip in
            try #require(file.nodes.first { $0.ip == ip }, "no node at \(ip)")
        }
        let last = try #require(nodes.last)
        if let hex = request["outer_body_hex"]?.string, let layer = request["layers"]?.array?.first {
            let secret = try #require(layer["eph_sk"]?.string.flatMap { Hex.decode($0) })
            let encryption = try #require(HopEncryption(wireName: layer["enc_type"]?.string))
            return Request(
                body: try #require(Hex.decode(hex)), client: try X25519KeyPair(secretKey: SecretBytes(secret)),
                answerer: last.x25519Key, encryption: encryption)
        }
        let control = request["control"] ?? ["headers": [:]]
        let final = OnionEnvelope(blob: try payload(transcript), control: control.encoded()).encoded()
        guard let server = request["server"] else { return try seal(final, through: nodes) }
        let serverKey = X25519KeyPair.ephemeral(from: CryptoRandom())
        let delivery: JSONValue = [
            "host": server["host"] ?? .null, "port": server["port"] ?? .null,
            "protocol": server["protocol"] ?? .null, "target": server["target"] ?? .null, "method": "POST",
            "ephemeral_key": .string(serverKey.publicKey.hex), "enc_type": "xchacha20",
        ]
        return try seal(OnionEnvelope(blob: [1, 2, 3], control: delivery.encoded()).encoded(), through: nodes)
    }

    /// Wraps what the last node is to find into a layer for each node.
    private func seal(_ plaintext: [UInt8], through nodes: [PeerFile.Node]) throws -> Request {
        let encryption = HopEncryption.xchacha20
        let random = CryptoRandom()
        let client = X25519KeyPair.ephemeral(from: random)
        let last = try #require(nodes.last)
        var key = client.publicKey
        var next = last
        var blob = try encryption.seal(plaintext, from: client, to: last.x25519Key, random: random)
        for node in nodes.dropLast().reversed() {
            let control: JSONValue = [
                "destination": .string(next.keys.publicKey.hex), "ephemeral_key": .string(key.hex),
                "enc_type": .string(encryption.rawValue),
            ]
            let layer = OnionEnvelope(blob: blob, control: control.encoded()).encoded()
            let pair = X25519KeyPair.ephemeral(from: random)
            blob = try encryption.seal(layer, from: pair, to: node.x25519Key, random: random)
            (key, next) = (pair.publicKey, node)
        }
        let control: JSONValue = ["ephemeral_key": .string(key.hex), "enc_type": .string(encryption.rawValue)]
        return Request(
            body: OnionEnvelope(blob: blob, control: control.encoded()).encoded(), client: client,
            answerer: last.x25519Key, encryption: encryption)
    }

    /// What the destination is asked. Of a batch whose beginning alone is in the file, the sizes are right and the data
    /// is not.
    private func payload(_ transcript: JSONValue) throws -> [UInt8] {
        guard let text = transcript["request"]?["inner_payload"]?.string else { return Self.info }
        guard let length = transcript["request"]?["inner_payload_len"]?.integer else { return Array(text.utf8) }
        let prefix = Array(text.utf8).prefix { $0 < 0x80 }
        let opening = Array("\"requests\":[".utf8)
        let start = try #require(prefix.firstRange(of: opening)?.upperBound)
        let room = Int(length) - start - 3 + 1
        for count in 2...20 where room.isMultiple(of: count) {
            let element = PeerBody(
                prefix: String(decoding: prefix[start...], as: UTF8.self), length: room / count - 1, file: file)
            let isWhole: (JSONValue) -> Bool = { document in
                let data = document["params"]?["data"]?.string.flatMap(Base64.decode)
                return data.map { $0.count <= StoreCall.sizeLimit } ?? false
            }
            guard let first = element.completed(isWhole), JSONValue(decoding: first).map(isWhole) ?? false else {
                continue
            }
            return prefix[..<start] + (0..<count).map { Self.varied(first, $0) }.joined(separator: [0x2c])
                + Array("]}}".utf8)
        }
        throw VectorError(description: "the rest of the payload is not understood")
    }

    /// The same request for other data of the same length.
    private static func varied(_ element: [UInt8], _ number: Int) -> [UInt8] {
        guard number > 0, let start = element.firstRange(of: Array("\"data\":\"".utf8))?.upperBound else {
            return element
        }
        var element = element
        for (offset, character) in Base64.encode([0, 0, UInt8(truncatingIfNeeded: number)]).utf8.enumerated() {
            element[start + offset] = character
        }
        return element
    }
}

import SessionInterfaces

extension RoutingVerdict {
    /// Internal errors of a destination that make a strike.
    static let destinationErrorLimit = 3

    /// Judges an answer of the destination itself: it is delivered, and may tell more than it says.
    ///
    /// Only here do 406, 421 and 425 have a meaning, because only here they are authentic.
    public init(_ reply: OnionReply, in state: RoutingState) {
        course = .deliver
        switch state.destination {
        case .server: judgeServer(status: reply.status)
        case .serviceNode(let node):
            judgeNode(status: BatchStatus.common(of: reply) ?? reply.status, reply.body, node.ed25519Key, state)
        }
    }

    private mutating func judgeServer(status: Int) {
        switch status {
        case 425: advice = [.clockIsOff]
        case 429: advice = [.slowDown]
        default: break
        }
    }

    private mutating func judgeNode(
        status: Int, _ body: [UInt8], _ key: Ed25519PublicKey, _ state: RoutingState
    ) {
        switch status {
        case 406: advice = [.clockIsOff]
        case 421: advice = [.swarmHasChanged]
        case 429: advice = [.slowDown, .takeAnotherDestination]
        case 500:
            advice = [.takeAnotherDestination]
            if state.destinationErrors + 1 >= Self.destinationErrorLimit { strikes[key] = .transient }
        case 502 where Self.says("oxend returned unparsable data", body):
            advice = [.takeAnotherDestination]
            strikes[key] = .permanent
        case 503 where Self.says("Snode not ready", body):
            advice = [.takeAnotherDestination]
            strikes[key] = .transient
        default: break
        }
    }

    private static func says(_ text: String, _ body: [UInt8]) -> Bool {
        String(decoding: body.prefix(200), as: UTF8.self).contains(text)
    }
}

/// The sub-result rule: a batch whose parts all failed with one code failed with that code.
/// Follows protocol document 02, section 2.7.
enum BatchStatus {
    /// Answers of which every part is an error are short.
    private static let maximumSize = 256 << 10

    /// Nil unless `reply` is a batch's and every part has the same code, which is none of success.
    static func common(of reply: OnionReply) -> Int? {
        guard (200..<300).contains(reply.status), reply.body.count <= maximumSize,
            let results = JSONMember.value(of: "results", in: reply.body)
        else { return nil }
        var common: Int?
        for part in JSONMember.elements(of: Array(results)) {
            guard let text = JSONMember.value(of: "code", in: Array(part)),
                let code = Int(String(decoding: text, as: UTF8.self)), !(200..<300).contains(code),
                common == nil || common == code
            else { return nil }
            common = code
        }
        return common
    }
}

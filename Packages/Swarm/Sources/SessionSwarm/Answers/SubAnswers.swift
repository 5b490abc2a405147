import SessionInterfaces

/// The answers to the calls of a `batch` or a `sequence`, in the order of the calls.
/// Follows protocol document 02, sections 2.7 and 4.18.
enum SubAnswers {
    /// - Parameter mayStop: whether there may be fewer answers than calls, since a sequence ends at the first failure.
    /// - Throws: `SwarmError(.malformedAnswer)` for another number of answers; `Misdirection` or `SwarmError` when all
    ///   say the same failure, which then is the failure of the whole.
    static func parts(of document: JSONValue, calls: Int, mayStop: Bool = false) throws -> [SubAnswer] {
        guard let results = document["results"]?.array else {
            throw SwarmError(.malformedAnswer, "the answer has no parts")
        }
        guard results.count == calls || (mayStop && (1..<max(calls, 1)).contains(results.count)) else {
            throw SwarmError(.malformedAnswer, "the answer has \(results.count) parts instead of \(calls)")
        }
        let parts = try results.map { (result) throws(SwarmError) in try SubAnswer(result) }
        if let first = parts.first, !first.isSuccess, parts.allSatisfy({ $0.code == first.code }) {
            throw first.failure
        }
        return parts
    }
}

/// The answer to one call of several.
struct SubAnswer {
    let code: Int
    /// JSON of a good answer, the text of a failure.
    let body: JSONValue

    init(_ result: JSONValue) throws(SwarmError) {
        guard let code = result["code"]?.integer, (100..<1000).contains(code) else {
            throw SwarmError(.malformedAnswer, "a part of the answer has no status code")
        }
        self.code = Int(code)
        body = result["body"] ?? .null
    }

    var isSuccess: Bool { (200..<300).contains(code) }

    /// What a code other than 2xx means.
    var failure: any Error {
        code == 421 ? Misdirection(body) : SwarmError(status: code, text: body.string ?? "")
    }
}

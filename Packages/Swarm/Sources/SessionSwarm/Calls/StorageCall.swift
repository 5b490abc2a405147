public import SessionInterfaces

/// A call of the storage RPC whose answer is understood: how to ask, and how to read what comes back.
///
/// A call is a value: it can be performed alone (`SwarmClient.perform`) or with others about the same account
/// (`SwarmClient.sequence`, `SwarmClient.batch`), where `map` brings answers of different kinds under one type.
public struct StorageCall<Answer: Sendable>: Sendable {
    public let account: AccountID
    let request: @Sendable (SigningTime) throws(SwarmError) -> StorageRequest
    let answer: @Sendable (JSONValue, AnswerOrigin) throws -> Answer

    init(
        about account: AccountID, request: @escaping @Sendable (SigningTime) throws(SwarmError) -> StorageRequest,
        answer: @escaping @Sendable (JSONValue, AnswerOrigin) throws -> Answer
    ) {
        self.account = account
        self.request = request
        self.answer = answer
    }

    /// The same call, with its answer as another type.
    public func map<Other: Sendable>(_ transform: @escaping @Sendable (Answer) -> Other) -> StorageCall<Other> {
        StorageCall<Other>(about: account, request: request) { [answer] body, origin in
            transform(try answer(body, origin))
        }
    }

    /// The request as it would be sent.
    /// - Throws: `SwarmError(.invalidRequest)`.
    public func request(signedAt moment: Timestamp) throws(SwarmError) -> StorageRequest {
        try request(SigningTime(moment: moment))
    }
}

/// When a request is signed.
struct SigningTime: Sendable {
    let moment: Timestamp
    /// How far the clock was set since the request's values were made.
    var shift: Duration = .zero
}

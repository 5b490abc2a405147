/// A router that hands each request to a closure, for tests of whatever speaks to nodes and servers.
public struct ScriptedRouter: Router {
    private let answer: @Sendable (RoutedRequest, Destination) async throws -> RoutedResponse

    public init(_ answer: @escaping @Sendable (RoutedRequest, Destination) async throws -> RoutedResponse) {
        self.answer = answer
    }

    public func send(_ request: RoutedRequest, to destination: Destination) async throws -> RoutedResponse {
        try await answer(request, destination)
    }
}

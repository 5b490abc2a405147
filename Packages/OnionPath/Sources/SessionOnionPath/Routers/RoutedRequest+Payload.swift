import SessionInterfaces

extension RoutedRequest {
    /// What the destination finds in the innermost layer.
    /// - Throws: `RouterError(.invalidRequest)`
    func onionPayload(for destination: Destination) throws(RouterError) -> [UInt8] {
        switch destination {
        case .serviceNode: return body
        case .server:
            guard path.hasPrefix("/") else {
                throw RouterError(.invalidRequest, "the request's path does not begin with a slash")
            }
            return ServerRequestV4(self).encoded()
        }
    }
}

extension Destination {
    /// Nil for a server.
    var serviceNodeKey: Ed25519PublicKey? {
        if case .serviceNode(let node) = self { node.ed25519Key } else { nil }
    }
}

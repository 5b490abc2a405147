import SessionInterfaces

extension RoutedRequest {
    /// What the destination finds in the innermost layer.
    /// - Throws: `RouterError(.invalidRequest)`
    func onionPayload(for destination: Destination) throws(RouterError) -> [UInt8] {
        switch destination {
        case .serviceNode: return body
        case .server(let server):
            guard path.hasPrefix("/") else {
                throw RouterError(.invalidRequest, "the request's path does not begin with a slash")
            }
            switch server.form {
            case .v4: return ServerRequestV4(self).encoded()
            case .v3:
                guard let request = ServerRequestV3(self) else {
                    throw RouterError(.invalidRequest, "the request's body is no text, which version 3 needs")
                }
                return request.encoded()
            }
        }
    }
}

extension Destination {
    /// Nil for a server.
    var serviceNodeKey: Ed25519PublicKey? {
        if case .serviceNode(let node) = self { node.ed25519Key } else { nil }
    }
}
